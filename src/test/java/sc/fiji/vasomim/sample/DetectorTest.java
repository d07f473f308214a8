package sc.fiji.vasomim.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;

class DetectorTest {

	private static final int SIZE = 256;

	@ParameterizedTest
	@CsvSource({ "1, 50", "0.2, 50", "0.5, 2000" })
	void varianceOfCountsIsTheirMean(final double transmission, final double photons) {
		final double[] counts = Detector.count(flat(transmission), photons, 7);
		final double mean = mean(counts) * photons;
		final int n = counts.length;
		assertEquals(transmission * photons, mean, 5 * Math.sqrt(mean / n));
		// The variance of a Poisson sample's variance is (2 mean^2 + mean) / n.
		assertEquals(mean, variance(counts) * photons * photons, 5 * Math.sqrt((2 * mean * mean + mean) / n));
	}

	/** Spreading white noise by a kernel k along rows and columns multiplies its variance by (sum of k^2)^2. */
	@Test
	void spreadOfLightMakesNoiseSmoother() {
		final double[] counts = Detector.count(flat(1), 1000, 7);
		final double[] spread = Detector.blur(counts, SIZE, 0.6);
		double sum = 0;
		double squares = 0;
		for (int i = -3; i <= 3; i++) {
			sum += Math.exp(-i * i / 0.72);
			squares += Math.exp(-2 * i * i / 0.72);
		}
		final double factor = squares * squares / (sum * sum * sum * sum);
		assertEquals(factor, variance(spread) / variance(counts), 0.05 * factor);
		assertEquals(mean(counts), mean(spread), 1e-4);
	}

	@ParameterizedTest
	@CsvSource({ "1, 232", "0.36787944117144233, 127", "1e-5, 0" })
	void withoutNoiseGreyIsTheLogarithmOfTransmission(final double transmission, final int grey) {
		final Img<UnsignedByteType> image = Detector.expose(flat(transmission), settings(0, 3));
		for (final UnsignedByteType pixel : image) assertEquals(grey, pixel.get());
	}

	@Test
	void noiseDependsOnTheSeedAlone() {
		assertArrayEquals(Detector.count(flat(1), 100, 3), Detector.count(flat(1), 100, 3));
		assertNotEquals(Detector.count(flat(1), 100, 3)[0], Detector.count(flat(1), 100, 4)[0]);
	}

	@Test
	void blurKeepsTheSumAndWidensByItsVariance() {
		final double[] point = new double[SIZE * SIZE];
		point[100 * SIZE + 120] = 1;
		final double[] blurred = Detector.blur(point, SIZE, 1.5);
		double sum = 0;
		double moment = 0;
		for (int i = 0; i < blurred.length; i++) {
			sum += blurred[i];
			moment += blurred[i] * (i % SIZE - 120) * (i % SIZE - 120);
		}
		assertEquals(1, sum, 1e-12);
		assertEquals(1.5 * 1.5, moment, 0.01);
	}

	private static AngiogramSettings settings(final double photons, final double blur) {
		return new AngiogramSettings(SIZE, SIZE, 1, Coronary.ANY, 0, photons, blur);
	}

	private static double[] flat(final double value) {
		final double[] pixels = new double[SIZE * SIZE];
		Arrays.fill(pixels, value);
		return pixels;
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).average().getAsDouble();
	}

	private static double variance(final double[] values) {
		final double mean = mean(values);
		return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().getAsDouble();
	}
}
