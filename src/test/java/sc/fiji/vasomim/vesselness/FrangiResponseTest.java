package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
		final float[] out = new float[1];
		new FrangiResponse(beta, c).of(new float[] { xx }, new float[] { 0 }, new float[] { yy }, out, 1);
		assertEquals(expected, out[0], 5e-7);
	}

	@Test
	void theHessiansFrameDoesNotMatter() {
		final double angle = 0.3, cos = Math.cos(angle), sin = Math.sin(angle), l1 = -0.5, l2 = 3;
		final float[] xx = { (float) (l1 * cos * cos + l2 * sin * sin) }, xy = { (float) ((l1 - l2) * cos * sin) }, yy = {
			(float) (l1 * sin * sin + l2 * cos * cos) }, out = new float[1];
		new FrangiResponse(0.5, 2).of(xx, xy, yy, out, 1);
		assertEquals(Math.exp(-2 / 36.0) * (1 - Math.exp(-9.25 / 8)), out[0], 5e-7);
	}

	@ParameterizedTest
	@CsvSource({ "0", "1e-30", "1e-6", "0.001", "0.1", "1", "5", "17", "100" })
	void oneMinusExp(final float y) {
		final float[] values = { y };
		FrangiResponse.oneMinusExp(values, 1);
		assertEquals(-Math.expm1(-y), values[0], 3e-7 * -Math.expm1(-y));
	}
}
