package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the float64 reference, at the tolerances of a 6-sigma kernel in float32. */
class ReferenceTest {

	private static final List<Double> SIGMAS = List.of(1.0, 2.0, 3.0, 4.0);

	@ParameterizedTest
	@CsvSource({ "black_constant_f32, 15", "black_impulse_f32, 0.02", "black_random_f32, 0.3",
		"black_ridge_dark30_f32, 15", "black_tree_u16, 3600", "black_tree_u8, 15", "white_constant_f32, 15",
		"white_impulse_f32, 0.02", "white_random_f32, 0.3", "white_ridge_bright30_f32, 15",
		"white_ridge_dark30_f32, 15", "white_tree_u16, 3600", "white_tree_u8, 15" })
	void filtersEqualTheReference(final String name, final double c) {
		final Polarity polarity = name.startsWith("black") ? Polarity.DARK : Polarity.BRIGHT;
		final Fixture input = Fixture.read("inputs/" + name.substring(6));

		final Fixture sato = Fixture.read("reference/sato_" + name);
		final VesselnessSettings satoSettings = new VesselnessSettings(VesselnessFilter.SATO, polarity, SIGMAS, 0.5, 0,
			HessianMethod.DIRECT);
		final Errors satoErrors = Errors.of(sato, Vesselness.compute(input.floats(), satoSettings), 0);
		assertTrue(satoErrors.max() <= 3e-6 * sato.max() + 1e-12, "Sato errs by " + satoErrors.max());

		final Fixture frangi = Fixture.read("reference/frangi98_" + name);
		final VesselnessSettings frangiSettings = new VesselnessSettings(VesselnessFilter.FRANGI, polarity, SIGMAS, 0.5,
			c, HessianMethod.DIRECT);
		final Errors frangiErrors = Errors.of(frangi, Vesselness.compute(input.floats(), frangiSettings), 0);
		// V jumps where the trace changes its sign: at (+-1, +-1) of the impulse it is 0, and rounding decides.
		final boolean impulse = name.contains("impulse");
		assertTrue(frangiErrors.quantile(impulse ? 0.997 : 1) <= 3e-5, "Frangi errs by " + frangiErrors.max());
		assertTrue(frangiErrors.quantile(impulse ? 0.997 : 0.999) <= 2e-6, "Frangi errs by " + frangiErrors.quantile(
			0.999));
	}

	@ParameterizedTest
	@CsvSource({ "1, impulse_f32", "1.5, impulse_f32", "2, impulse_f32", "4, impulse_f32", "8, impulse_f32",
		"1, random_f32", "1.5, random_f32", "2, random_f32", "4, random_f32", "8, random_f32", "1, ridge_dark30_f32",
		"4, ridge_dark30_f32", "8, ridge_dark30_f32" })
	void hessianEqualsTheReference(final String sigma, final String name) {
		final Fixture input = Fixture.read("inputs/" + name);
		final Fixture expected = Fixture.read("reference/hessian_s" + sigma + "_" + name);
		final Hessian hessian = Hessian.of(Plane.centred(input.floats()), GaussianKernels.exact(Double.parseDouble(
			sigma)), 1);
		assertHessian(expected, hessian, 0, 1e-5 * expected.max());
	}

	/** @param expected yy, xy and xx one after the other */
	static void assertHessian(final Fixture expected, final Hessian actual, final int margin, final double tolerance) {
		final Plane[] planes = { actual.yy(), actual.xy(), actual.xx() };
		final int height = expected.shape()[1], width = expected.shape()[2];
		for (int p = 0; p < planes.length; p++)
			for (int y = margin; y < height - margin; y++)
				for (int x = margin; x < width - margin; x++)
					assertEquals(expected.values()[(p * height + y) * width + x], planes[p].rows[y][x], tolerance,
						"component " + p + " at " + x + ", " + y);
	}
}
