package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrangiResponseTest {

	/** Equation 15 in double precision, from eigenvalues by hand: xx, yy as they stand, xy = 0. */
	@ParameterizedTest
	@CsvSource({ "0, 0", "3, 0", "0, 3", "3, 1", "3, -1", "1, 1", "-3, 0", "-3, 1", "-1, -1", "1, -1", "200, 0",
		"1e-3, 0", "5, -4.999" })
	void equation15(final float xx, final float yy) {
		final double large = Math.abs(xx) >= Math.abs(yy) ? xx : yy, small = large == xx ? yy : xx;
		final double rb = small / large, s2 = xx * (double) xx + yy * (double) yy, c = 2, beta = 0.5;
		final double expected = large <= 0 || xx + yy == 0 ? 0 : Math.exp(-rb * rb / (2 * beta * beta)) * (1 - Math
			.exp(-s2 / (2 * c * c)));
		assertEquals(expected, response(xx, 0, yy, false), 5e-7);
	}

	@Test
	void theHessiansFrameDoesNotMatter() {
		final double angle = 0.3, cos = Math.cos(angle), sin = Math.sin(angle), l1 = -0.5, l2 = 3;
		final double xx = l1 * cos * cos + l2 * sin * sin, xy = (l1 - l2) * cos * sin, yy = l1 * sin * sin + l2 * cos *
			cos;
		assertEquals(Math.exp(-2 / 36.0) * (1 - Math.exp(-9.25 / 8)), response(xx, xy, yy, false), 5e-7);
	}

	@Test
	void bothTakesBrightRidgesToo() {
		assertEquals(response(3, 1, 0.5, false), response(-3, -1, -0.5, true));
		assertEquals(response(3, 1, 0.5, false), response(3, 1, 0.5, true));
		assertEquals(0, response(-3, -1, -0.5, false));
	}

	/** With beta 0.5 and c 2. */
	private static float response(final double xx, final double xy, final double yy, final boolean both) {
		final Hessian hessian = new Hessian(new Plane(1, 1, 9, 9), ScaleStep.plan(List.of(1.0), new double[] { 1, 1 },
			HessianMethod.CASCADE).get(0), 0, 1);
		final float[] out = new float[1];
		hessian.xx[0] = (float) xx;
		hessian.xy[0] = (float) xy;
		hessian.yy[0] = (float) yy;
		new FrangiResponse(0.5, 2, both).of(hessian, out, 0, 1);
		return out[0];
	}

	@ParameterizedTest
	@CsvSource({ "0", "1e-30", "1e-6", "0.001", "0.1", "1", "5", "17" })
	void oneMinusExp(final float y) {
		final float[] values = { y / 64 };
		FrangiResponse.oneMinusExp(values, 6, 0, 1);
		assertEquals(-Math.expm1(-y), values[0], 3e-7 * -Math.expm1(-y));
	}
}
