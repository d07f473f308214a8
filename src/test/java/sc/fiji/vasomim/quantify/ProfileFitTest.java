package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFitTest {

	private static final double[] OFFSETS = IntStream.rangeClosed(-24, 24).mapToDouble(k -> k / 2.0).toArray();

	/** Chords of a cylinder, blurred by adding up a Gaussian in fine steps: nothing of the fit's own profile. */
	private static double[] cylinder(final double centre, final double radius, final double sigma) {
		final double[] grey = new double[OFFSETS.length];
		for (int k = 0; k < grey.length; k++) {
			double sum = 0;
			double weights = 0;
			for (double t = -5 * sigma; t <= 5 * sigma; t += 0.01) {
				final double weight = Math.exp(-t * t / (2 * sigma * sigma));
				final double x = OFFSETS[k] - t - centre;
				weights += weight;
				sum += weight * Math.sqrt(Math.max(0, radius * radius - x * x));
			}
			grey[k] = 180 + 1.5 * OFFSETS[k] - 12 * sum / weights;
		}
		return grey;
	}

	private static Blur blur(final double sigma) {
		return new Blur(sigma, new TubeProfile(0.5), Double.NaN);
	}

	/** Wide lumens without any prior; the background's slope is no matter. */
	@ParameterizedTest
	@CsvSource({ "3.3, 0.4, 1", "5, -0.7, 1.5", "2.2, 0, 0.8" })
	void aCylinderIsFoundToAHundredthOfAPixel(final double radius, final double centre, final double sigma) {
		final ProfileFit.Result fit = new ProfileFit(blur(sigma), OFFSETS, cylinder(centre, radius, sigma),
			ProfileFit.Prior.NONE).fit(0, radius + 0.8);
		assertEquals(radius, fit.radius(), 0.01);
		assertEquals(centre, fit.centre(), 0.01);
		assertEquals(12, fit.amplitude() / sigma, 0.1);
		assertEquals(0, fit.rms(), 0.05);
	}

	/** Half as wide as the blur: with the amplitude known, its area tells the radius. */
	@Test
	void aThinLumenIsFoundByItsAmplitude() {
		final ProfileFit fit = new ProfileFit(blur(1), OFFSETS, cylinder(0, 0.5, 1), new ProfileFit.Prior(12, 0.05, 1));
		assertEquals(0.5, fit.fit(0, fit.radius(0, 6)).radius(), 0.02);
	}
}
