package sc.fiji.vasomim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class ChiSquaredTest {

	@Test
	void statisticIsTheSumOfSquaresOverExpectation() {
		assertEquals(4.0 / 10 + 16.0 / 20, ChiSquared.statistic(new double[] { 10, 20 }, new long[] { 12, 16 }), 1e-15);
	}

	/** Tables give 43.82 for 19 degrees of freedom at p = 0.001: deviations a little below and above. */
	@Test
	void limitIsThatOfTheTables() {
		final double[] expected = new double[20];
		Arrays.fill(expected, 10_000);
		final long[] counts = new long[20];
		Arrays.fill(counts, 10_000);
		counts[0] += 467;
		counts[1] -= 467;
		assertEquals(43.62, ChiSquared.statistic(expected, counts), 0.01);
		assertTrue(ChiSquared.fits(expected, counts));
		counts[0] += 3;
		counts[1] -= 3;
		assertEquals(44.18, ChiSquared.statistic(expected, counts), 0.01);
		assertFalse(ChiSquared.isUniform(counts));
	}
}
