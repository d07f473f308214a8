package sc.fiji.vasomim.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class MurrayTest {

	/** 3^3 + 4^3 + 5^3 = 6^3, so 6 splits into 3 and the cube root of 189. */
	@Test
	void cubesOfRadiiAddUp() {
		assertEquals(Math.cbrt(189) / 6, Murray.rest(0.5), 1e-15);
		assertEquals(1, Murray.rest(0), 0);
	}

	@Test
	void narrowsBehindTheBranchingOnly() {
		final double[] radius = new double[40];
		Arrays.fill(radius, 6);
		Murray.narrow(radius, 10, 0.5);
		assertEquals(6, radius[10]);
		// One diameter, 12 px, further on the change is complete; halfway it is half done.
		assertEquals((6 + Math.cbrt(189)) / 2, radius[16], 1e-12);
		assertEquals(Math.cbrt(189), radius[22], 1e-12);
		assertEquals(Math.cbrt(189), radius[39], 1e-12);
	}
}
