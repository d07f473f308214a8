package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.array.ArrayImgs;

class QuantileTest {

	/** Of 1, 2, 3, 4: the smallest that at least so many per cent do not exceed. */
	@ParameterizedTest
	@CsvSource({ "1, 1", "25, 1", "25.1, 2", "50, 2", "75, 3", "99.5, 4", "100, 4" })
	void isAnOrderStatistic(final double percentile, final float expected) {
		assertEquals(expected, Quantile.of(ArrayImgs.floats(new float[] { 4, 1, 3, 2 }, 2, 2), percentile));
	}

	@Test
	void equalsSorting() {
		final Random random = new Random(5);
		final float[] values = new float[1000];
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextInt(3) == 0 ? 0 : (float) Math.exp(20 * random.nextGaussian());
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		for (int k = 1; k <= 1000; k++)
			assertEquals(sorted[k - 1], Quantile.of(ArrayImgs.floats(values, 1000), k / 10.0 - 0.01));
	}
}
