package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.array.ArrayImgs;

class PercentileTest {

	private static double of(final double percentile, final long count, final float... values) {
		return Percentile.of(ArrayImgs.floats(values, values.length), count, percentile)[0];
	}

	/** Of 1, 2, 3, 4, 10: position p / 100 * 4. */
	@ParameterizedTest
	@CsvSource({ "0, 1", "25, 2", "50, 3", "75, 4", "100, 10", "60, 3.4", "90, 7.6", "12.5, 1.5" })
	void interpolates(final double percentile, final double expected) {
		assertEquals(expected, of(percentile, 5, 10, 3, 1, 4, 2), 1e-12);
	}

	/** The same five, and three that are left out. */
	@ParameterizedTest
	@CsvSource({ "0, 1", "25, 2", "60, 3.4", "90, 7.6", "100, 10" })
	void ofTheLargest(final double percentile, final double expected) {
		assertEquals(expected, of(percentile, 5, 0, 10, 3, 0, 1, 4, 2, 0), 1e-12);
	}

	@Test
	void ofOneValue() {
		assertEquals(5, of(92, 1, 5));
		assertEquals(5, of(92, 1, 5, 0));
	}

	@Test
	void equalsSortingWithManyTies() {
		final float[] values = new float[10_001];
		final Random random = new Random(1);
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextInt(40);
		assertEqualsSorting(values);
	}

	@Test
	void equalsSortingOverManyMagnitudes() {
		final float[] values = new float[10_001];
		final Random random = new Random(5);
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextInt(3) == 0 ? 0 : (float) Math.exp(20 * random.nextGaussian());
		assertEqualsSorting(values);
	}

	private static void assertEqualsSorting(final float[] values) {
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		for (int percentile = 0; percentile <= 100; percentile++)
			assertEquals(sorted[percentile * 100], of(percentile, values.length, values), 1e-9 * sorted[percentile * 100]);
	}

	/** Of 0, 1, 2, 300. */
	@Test
	void severalAtOnce() {
		assertArrayEquals(new double[] { 1.5, 300, 0, 1.5 }, Percentile.of(ArrayImgs.floats(new float[] { 300, 1, 2, 0 }, 4),
			4, 50, 100, 0, 50));
	}

	@Test
	void refusesWhatIsOutOfRange() {
		assertThrows(IllegalArgumentException.class, () -> of(101, 1, 5));
		assertThrows(IllegalArgumentException.class, () -> of(Double.NaN, 1, 5));
		assertThrows(IllegalArgumentException.class, () -> of(50, 0, 5));
		assertThrows(IllegalArgumentException.class, () -> of(50, 2, 5));
	}
}
