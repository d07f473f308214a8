package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the float64 reference, at the tolerances of a 6-sigma kernel in float32. */
class ReferenceTest {

	@ParameterizedTest
	@CsvSource({ "black_constant_f32, 15", "black_impulse_f32, 0.02", "black_random_f32, 0.3",
		"black_ridge_dark30_f32, 15", "black_tree_u16, 3600", "black_tree_u8, 15", "white_constant_f32, 15",
		"white_impulse_f32, 0.02", "white_random_f32, 0.3", "white_ridge_bright30_f32, 15",
		"white_ridge_dark30_f32, 15", "white_tree_u16, 3600", "white_tree_u8, 15" })
	void filtersEqualTheReference(final String name, final double c) {
		final Polarity polarity = name.startsWith("black") ? Polarity.DARK : Polarity.BRIGHT;
		final Fixture input = Fixture.read("inputs/" + name.substring(6));

		final Fixture sato = Fixture.read("reference/sato_" + name);
		final VesselnessSettings frangiSettings = VesselnessSettings.FRANGI_1998.withPolarity(polarity).withMethod(
			HessianMethod.DIRECT).withC(c);
		final VesselnessSettings satoSettings = frangiSettings.withFilter(VesselnessFilter.SATO);
		final Errors satoErrors = Errors.of(sato, Vesselness.compute(input.floats(), satoSettings), 0);
		assertTrue(satoErrors.max() <= 3e-6 * sato.max() + 1e-12, "Sato errs by " + satoErrors.max());

		final Fixture frangi = Fixture.read("reference/frangi98_" + name);
		final Errors frangiErrors = Errors.of(frangi, Vesselness.compute(input.floats(), frangiSettings), 0);
		// V jumps where the trace changes its sign: at (+-1, +-1) of the impulse it is 0, and rounding decides.
		final boolean impulse = name.contains("impulse");
		assertTrue(frangiErrors.quantile(impulse ? 0.997 : 1) <= 3e-5, "Frangi errs by " + frangiErrors.max());
		assertTrue(frangiErrors.quantile(impulse ? 0.997 : 0.999) <= 2e-6, "Frangi errs by " + frangiErrors.quantile(
			0.999));
	}

	@ParameterizedTest
	@CsvSource({ "black_impulse_f32, 0.02", "black_random_f32, 0.3", "black_ridge_dark30_f32, 15",
		"black_tree_u16, 3600", "black_tree_u8, 15", "white_impulse_f32, 0.02", "white_random_f32, 0.3",
		"white_ridge_bright30_f32, 15", "white_tree_u16, 3600", "white_tree_u8, 15" })
	void cascadeIsNearTheReference(final String name, final double c) {
		final VesselnessSettings frangi = VesselnessSettings.FRANGI_1998.withC(c).withPolarity(name.startsWith("black")
			? Polarity.DARK : Polarity.BRIGHT);
		final Fixture input = Fixture.read("inputs/" + name.substring(6));
		final Fixture sato = Fixture.read("reference/sato_" + name);
		final Errors satoErrors = Errors.of(sato, Vesselness.compute(input.floats(), frangi.withFilter(
			VesselnessFilter.SATO)), 0);
		assertTrue(satoErrors.max() <= 3e-5 * sato.max(), "Sato errs by " + satoErrors.max() / sato.max());
		final Errors frangiErrors = Errors.of(Fixture.read("reference/frangi98_" + name), Vesselness.compute(input
			.floats(), frangi), 0);
		final double most = name.contains("impulse") ? 0.997 : 0.999;
		assertTrue(frangiErrors.quantile(most) <= (name.contains("impulse") ? 3e-5 : 2e-5),
			"Frangi errs by " + frangiErrors.quantile(most));
	}

	@ParameterizedTest
	@CsvSource({ "1, impulse_f32", "1.5, impulse_f32", "2, impulse_f32", "4, impulse_f32", "8, impulse_f32",
		"1, random_f32", "1.5, random_f32", "2, random_f32", "4, random_f32", "8, random_f32", "1, ridge_dark30_f32",
		"4, ridge_dark30_f32", "8, ridge_dark30_f32" })
	void hessianEqualsTheReference(final String sigma, final String name) {
		final Fixture input = Fixture.read("inputs/" + name);
		final Fixture expected = Fixture.read("reference/hessian_s" + sigma + "_" + name);
		final Fixture hessian = hessian(input, Double.parseDouble(sigma), HessianMethod.DIRECT);
		assertTrue(Errors.of(expected, hessian).max() <= 1e-5 * expected.max());
	}

	/** @return yy, xy and xx one after the other, not normalised */
	static Fixture hessian(final Fixture image, final double sigma, final HessianMethod method) {
		final ScaleStep step = ScaleStep.plan(List.of(sigma), new double[] { 1, 1 }, method).get(0);
		final int width = image.width(), height = image.height();
		final Plane plane = new Plane(width, height, step.radius(0), step.radius(1));
		final Plane smoothed = new Plane(width, height, step.radius(0), step.radius(1));
		final float[] range = plane.read(image.floats());
		plane.centre(range[0], range[1], 1);
		MultiScale.smooth(plane, step, 0, height, smoothed);
		final Hessian hessian = new Hessian(smoothed, step, plane.marginX, plane.marginX + width);
		hessian.start(0);
		final float[] values = new float[3 * width * height];
		for (int y = 0; y < height; y++) {
			hessian.advance(y);
			for (int x = 0; x < width; x++) {
				final int pixel = y * width + x, i = plane.marginX + x;
				values[pixel] = (float) (hessian.yy[i] / (sigma * sigma));
				values[width * height + pixel] = (float) (hessian.xy[i] / (sigma * sigma));
				values[2 * width * height + pixel] = (float) (hessian.xx[i] / (sigma * sigma));
			}
		}
		return new Fixture(new int[] { 3, height, width }, values);
	}
}
