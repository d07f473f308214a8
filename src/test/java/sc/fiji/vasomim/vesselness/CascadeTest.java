package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short kernels of a cascade: against analysis, and against kernels without a cascade. */
class CascadeTest {

	private static final double TOLERANCE = 1e-6;

	/** Of cos(w x), a Gaussian of variance v leaves exp(-w^2 v / 2); derivatives multiply by w and turn the sign. */
	@ParameterizedTest
	@CsvSource({ "1.7, 1", "2, 0", "3, 1", "3, 0.3", "4, 3", "20, 1" })
	void actsAsTheGaussianAndItsDerivatives(final double smoothed, final double variance) {
		// where the smoothed image still has frequencies
		for (double w = 0; w < 1.5 / smoothed; w += 0.1 / smoothed) {
			final double gaussian = Math.exp(-w * w * variance / 2);
			assertEquals(gaussian, even(KernelFit.derivative(0, smoothed, variance, TOLERANCE), w), 1e-5);
			assertEquals(w * gaussian, odd(KernelFit.derivative(1, smoothed, variance, TOLERANCE), w), 1e-4 * w + 1e-12);
			assertEquals(-w * w * gaussian, even(KernelFit.derivative(2, smoothed, variance, TOLERANCE), w), 1e-4 * w * w + 1e-12);
		}
	}

	private static double even(final double[] half, final double w) {
		double sum = half[0];
		for (int t = 1; t < half.length; t++)
			sum += 2 * half[t] * Math.cos(w * t);
		return sum;
	}

	private static double odd(final double[] half, final double w) {
		double sum = 0;
		for (int t = 1; t < half.length; t++)
			sum += 2 * half[t] * Math.sin(w * t);
		return sum;
	}

	@Test
	void nothingToDoIsTheIdentity() {
		assertTrue(Arrays.equals(new double[] { 1 }, KernelFit.derivative(0, 3, 0, TOLERANCE)));
	}

	/** Only what is smoothed already is smoothed at a stride. */
	@Test
	void strideGrowsWithTheSmoothing() {
		assertEquals(1, StridedKernel.gaussian(0, 9, 5, TOLERANCE).stride());
		assertEquals(2, StridedKernel.gaussian(3, 7, 5, TOLERANCE).stride());
		// 2 pi / 4 lies at 15 standard deviations of the image's spectrum, and at 7.9 of both spectra's product
		assertTrue(StridedKernel.gaussian(10, 36, 5, TOLERANCE).stride() >= 4);
	}

	/** Any scales, not only those of the reference: alone, close to one another, far apart. */
	@ParameterizedTest
	@ValueSource(strings = { "1.5", "1.9", "2", "2.5", "3", "6", "1,1.5,2,2.5", "2,2.1,2.2", "1,8", "3,10", "5,6,7,8" })
	void equalsDirectKernels(final String sigmas) {
		final List<Double> scales = Arrays.stream(sigmas.split(",")).map(Double::valueOf).toList();
		for (final String input : List.of("random_f32", "tree_u8")) {
			final VesselnessSettings sato = VesselnessSettings.FRANGI_1998.withFilter(VesselnessFilter.SATO).withSigmas(
				scales);
			final float[] direct = Errors.values(Vesselness.compute(Fixture.read("inputs/" + input).floats(), sato
				.withMethod(HessianMethod.DIRECT)));
			final float[] cascade = Errors.values(Vesselness.compute(Fixture.read("inputs/" + input).floats(), sato));
			double max = 0, error = 0;
			for (int i = 0; i < direct.length; i++) {
				max = Math.max(max, direct[i]);
				error = Math.max(error, Math.abs(direct[i] - cascade[i]));
			}
			assertTrue(error <= 3e-5 * max, input + " errs by " + error / max);
		}
	}
}
