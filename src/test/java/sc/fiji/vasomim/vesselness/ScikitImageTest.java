package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/** {@link HessianMethod#SCIKIT_IMAGE} against scikit-image 0.25.2, away from the border, which it reflects twice. */
class ScikitImageTest {

	private static final List<Double> SIGMAS = List.of(1.0, 2.0, 3.0, 4.0);

	private static final int MARGIN = 24;

	@ParameterizedTest
	@CsvSource({ "sato_black_ridge_dark30_f32, ridge_dark30_f32, DARK",
		"sato_white_ridge_dark30_f32, ridge_dark30_f32, BRIGHT", "sato_f32_tree_u8, tree_u8, DARK" })
	void satoEqualsScikitImage(final String name, final String input, final Polarity polarity) {
		final Fixture expected = Fixture.read("skimage025/sk025_" + name);
		final VesselnessSettings settings = VesselnessSettings.VASOMIM.withPolarity(polarity);
		final Errors errors = Errors.of(expected, Vesselness.compute(Fixture.read("inputs/" + input).floats(),
			settings), MARGIN);
		assertTrue(errors.max() <= 2e-6 * expected.max(), "errs by " + errors.max());
	}

	/** scikit-image forgets Frangi's sigma^2 (its issue 7711): one scale with c sigma^2 is the same as that with c. */
	@ParameterizedTest
	@CsvSource({ "frangi_g15_black_ridge_dark30_f32, ridge_dark30_f32, DARK, false",
		"frangi_g15_white_ridge_dark30_f32, ridge_dark30_f32, BRIGHT, false",
		"frangi_auto_black_ridge_dark30_f32, ridge_dark30_f32, DARK, true",
		"frangi_auto_white_ridge_dark30_f32, ridge_dark30_f32, BRIGHT, true",
		"frangi_g15_f32_tree_u8, tree_u8, DARK, false", "frangi_auto_f32_tree_u8, tree_u8, DARK, true" })
	void frangiEqualsScikitImage(final String name, final String input, final Polarity polarity, final boolean auto) {
		final Fixture expected = Fixture.read("skimage025/sk025_" + name);
		final Fixture image = Fixture.read("inputs/" + input);
		final double c = auto ? halfOfLargestNorm(image) : 15;
		final Img<FloatType> actual = ArrayImgs.floats(image.width(), image.height());
		for (final double sigma : SIGMAS) {
			final float[] one = Errors.values(Vesselness.compute(image.floats(), VesselnessSettings.VASOMIM
				.withFilter(VesselnessFilter.FRANGI).withPolarity(polarity).withSigmas(List.of(sigma)).withC(c * sigma *
					sigma)));
			final float[] all = Errors.values(actual);
			for (int i = 0; i < all.length; i++)
				all[i] = Math.max(all[i], one[i]);
		}
		// scikit-image raises negative eigenvalues to 1e-10: where the other one is as small, V is not 0.
		final float[] values = Errors.values(actual);
		for (int i = 0; i < values.length; i++)
			if (values[i] == 0) expected.values()[i] = 0;
		final Errors errors = Errors.of(expected, actual, MARGIN);
		assertTrue(errors.quantile(0.999) <= 2e-6, "errs by " + errors.quantile(0.999));
	}

	/** scikit-image takes c from the first scale, its border included. */
	private static double halfOfLargestNorm(final Fixture image) {
		final float[] hessian = ReferenceTest.hessian(image, SIGMAS.get(0), HessianMethod.SCIKIT_IMAGE).values();
		final int n = hessian.length / 3;
		double max = 0;
		for (int i = 0; i < n; i++)
			max = Math.max(max, Math.hypot(Math.sqrt(2) * hessian[n + i], Math.hypot(hessian[i], hessian[2 * n + i])));
		return max / 2;
	}

	@ParameterizedTest
	@ValueSource(strings = { "s1_impulse_f32", "s1_random_f32", "s1_ridge_dark30_f32", "s2_impulse_f32",
		"s2_random_f32", "s2_ridge_dark30_f32", "s4_ridge_dark30_f32" })
	void hessianEqualsScikitImage(final String name) {
		final double sigma = Character.getNumericValue(name.charAt(1));
		final Fixture expected = Fixture.read("skimage025/sk025_hessian_" + name);
		final Fixture actual = ReferenceTest.hessian(Fixture.read("inputs/" + name.substring(3)), sigma,
			HessianMethod.SCIKIT_IMAGE);
		final int margin = (int) (6 * sigma), height = expected.shape()[1], width = expected.shape()[2];
		for (int i = 0; i < expected.values().length; i++) {
			final int x = i % width, y = i / width % height;
			if (Math.min(Math.min(x, y), Math.min(width - 1 - x, height - 1 - y)) >= margin) assertEquals(expected
				.values()[i], actual.values()[i], 2e-6 * expected.max(), "at " + i);
		}
	}
}
