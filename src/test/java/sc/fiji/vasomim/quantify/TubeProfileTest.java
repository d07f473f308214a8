package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TubeProfileTest {

	/** A flat band blurred: Phi((r - x) / sigma) + Phi((r + x) / sigma) - 1, with Phi from a table of the normal law. */
	@Test
	void aFlatBandIsADifferenceOfNormalLaws() {
		final TubeProfile flat = new TubeProfile(0);
		assertEquals(0.682689, flat.value(0, 1, 1), 1e-3);
		assertEquals(0.477250, flat.value(1, 1, 1), 1e-3);
		assertEquals(0.5, flat.value(6, 6, 1.5), 1e-3);
		assertEquals(1, flat.value(0, 12, 2), 1e-3);
		assertEquals(0, flat.value(12, 3, 1));
	}

	/** Far from its edges a blurred half-circle is sqrt(r^2 - x^2) less sigma^2 / 2 times its curvature there. */
	@Test
	void aWideCylinderKeepsItsChords() {
		final TubeProfile round = new TubeProfile(0.5);
		assertEquals(20 - 0.025, round.value(0, 20, 1), 1e-3);
		assertEquals(Math.sqrt(300) - 0.5 * 400 / Math.pow(300, 1.5), round.value(10, 20, 1), 2e-3);
	}

	/** Convolution keeps the area: pi r^2 / 2 under a half-circle, which also is what a thin tube shows. */
	@Test
	void theAreaStays() {
		final TubeProfile round = new TubeProfile(0.5);
		for (final double radius : new double[] { 0.4, 1, 4.2 }) {
			double area = 0;
			for (double x = -20; x <= 20; x += 0.05)
				area += 0.05 * round.value(x, radius, 1);
			assertEquals(Math.PI * radius * radius / 2, area, 0.002 * area);
		}
	}
}
