package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against programs that sample the Gaussian otherwise: close, not equal. */
class PeersTest {

	private static VesselnessSettings frangi(final double c) {
		return VesselnessSettings.FRANGI_1998.withC(c);
	}

	/** Pixels at the border that are not compared: programs differ there. */
	private static int margin(final Fixture image) {
		return Math.min(30, Math.min(image.width(), image.height()) / 3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ridge_dark30_f32", "tree_u8" })
	void frangiIsNearItk(final String name) {
		final Fixture expected = Fixture.read("others/itk52_objectness_dark_scale0_" + name);
		final Errors errors = Errors.of(expected, Vesselness.compute(Fixture.read("inputs/" + name).floats(), frangi(
			5)), margin(expected));
		assertTrue(errors.rms() <= 2e-3, "rms " + errors.rms());
		assertTrue(errors.shareAbove(1e-2) <= 5e-4, "share " + errors.shareAbove(1e-2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ridge_dark30_f32", "tree_u8" })
	void frangiFollowsSnt(final String name) {
		final Fixture expected = Fixture.read("others/snt_style_frangi_dark_" + name);
		final float[] actual = Errors.values(Vesselness.compute(Fixture.read("inputs/" + name).floats(), frangi(15)));
		final double correlation = correlation(expected, actual, margin(expected));
		assertTrue(correlation >= 0.998, "correlation " + correlation);
	}

	@ParameterizedTest
	@CsvSource({ "1, random_f32", "2, random_f32", "2, ridge_dark30_f32", "2, tree_u8" })
	void eigenvaluesAreNearVigra(final double sigma, final String name) {
		final Fixture expected = Fixture.read("others/vigra_hessianEigenvalues_s" + (int) sigma + "_" + name);
		final Fixture image = Fixture.read("inputs/" + name);
		final float[] hessian = ReferenceTest.hessian(image, sigma, HessianMethod.CASCADE).values();
		final int margin = margin(image), n = image.values().length;
		for (int y = margin; y < image.height() - margin; y++)
			for (int x = margin; x < image.width() - margin; x++) {
				final int pixel = y * image.width() + x;
				final double yy = hessian[pixel], xy = hessian[n + pixel], xx = hessian[2 * n + pixel];
				final double m = (xx + yy) / 2, d = Math.hypot((xx - yy) / 2, xy);
				final int i = 2 * pixel;
				final double error = Math.max(Math.abs(m + d - expected.values()[i]), Math.abs(m - d - expected
					.values()[i + 1]));
				assertTrue(error <= 1e-2 * expected.max(), "errs by " + error + " at " + x + ", " + y);
			}
	}

	private static double correlation(final Fixture a, final float[] b, final int margin) {
		double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
		for (int y = margin; y < a.height() - margin; y++)
			for (int x = margin; x < a.width() - margin; x++) {
				final double va = a.values()[y * a.width() + x], vb = b[y * a.width() + x];
				n++;
				sa += va;
				sb += vb;
				saa += va * va;
				sbb += vb * vb;
				sab += va * vb;
			}
		return (sab - sa * sb / n) / Math.sqrt((saa - sa * sa / n) * (sbb - sb * sb / n));
	}
}
