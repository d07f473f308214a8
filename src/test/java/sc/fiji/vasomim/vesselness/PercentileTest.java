package sc.fiji.vasomim.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileTest {

	/** Of 1, 2, 3, 4, 10: position p / 100 * 4. */
	@ParameterizedTest
	@CsvSource({ "0, 1", "25, 2", "50, 3", "75, 4", "100, 10", "60, 3.4", "90, 7.6", "12.5, 1.5" })
	void interpolates(final double percentile, final double expected) {
		assertEquals(expected, Percentile.linear(new float[] { 10, 3, 1, 4, 2 }, percentile), 1e-12);
	}

	@Test
	void ofOneValue() {
		assertEquals(5, Percentile.linear(new float[] { 5 }, 92));
	}

	@Test
	void equalsSortingWithManyTies() {
		final float[] values = new float[10_001];
		final Random random = new Random(1);
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextInt(40);
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		for (int percentile = 0; percentile <= 100; percentile++)
			assertEquals(sorted[percentile * 100], Percentile.linear(values.clone(), percentile), 1e-9);
	}
}
