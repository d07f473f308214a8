package sc.fiji.vasomim.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {

	private static final int N = 200_000;

	@Test
	void sameKeySameNumbersWhateverWasDrawnBefore() {
		final Draws used = new Draws(5, "quanta");
		final long direct = used.at(3).bits();
		used.at(1).bits();
		assertEquals(direct, used.at(3).bits());
		assertEquals(direct, new Draws(5, "quanta").at(3).bits());
		assertNotEquals(direct, new Draws(5, "quanta").at(4).bits());
		assertNotEquals(direct, new Draws(6, "quanta").at(3).bits());
		assertNotEquals(direct, new Draws(5, "tree").at(3).bits());
	}

	@Test
	void normalHasMeanZeroAndVarianceOne() {
		final Draws draws = new Draws(1, "test");
		double sum = 0;
		double squares = 0;
		for (int i = 0; i < N; i++) {
			final double x = draws.normal();
			sum += x;
			squares += x * x;
		}
		assertEquals(0, sum / N, 5 / Math.sqrt(N));
		// The variance of x^2 is 2.
		assertEquals(1, squares / N, 5 * Math.sqrt(2.0 / N));
	}

	/** Pearson's chi-square against mean^k exp(-mean) / k!; both ways of drawing, around where they change too. */
	@ParameterizedTest
	@ValueSource(doubles = { 0.3, 4, 9.99, 10, 12.5, 60, 400 })
	void poissonFollowsItsProbabilities(final double mean) {
		final Draws draws = new Draws(2, "test");
		final double sigma = Math.sqrt(mean);
		final int low = (int) Math.max(0, Math.floor(mean - 3 * sigma));
		final int high = (int) Math.ceil(mean + 3 * sigma);
		final long[] seen = new long[high + 1];
		for (int i = 0; i < N; i++) {
			final long count = draws.poisson(mean);
			if (count <= high) seen[(int) count]++;
		}
		double chiSquare = 0;
		int bins = 0;
		for (int k = low; k <= high; k++) {
			double log = k * Math.log(mean) - mean;
			for (int i = 2; i <= k; i++) log -= Math.log(i);
			final double expected = N * Math.exp(log);
			if (expected < 10) continue;
			chiSquare += (seen[k] - expected) * (seen[k] - expected) / expected;
			bins++;
		}
		// A chi-square of n degrees has mean n and variance 2n.
		assertTrue(chiSquare < bins + 5 * Math.sqrt(2.0 * bins), "chi-square " + chiSquare + " in " + bins);
	}
}
