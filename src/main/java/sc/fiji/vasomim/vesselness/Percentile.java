package sc.fiji.vasomim.vesselness;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * Percentiles of responses as numpy's default, linear between the two nearest ranks, without sorting or copying: floats
 * of at least 0 are ordered as their bits are, so that one count of the upper half of the bits and one of the lower half
 * find a value.
 */
public final class Percentile {

	private static final int HALF = 16, BINS = 1 << HALF;

	private final RandomAccessibleInterval<FloatType> image;

	/** How many values have which upper half. */
	private final long[] upper = new long[BINS];

	/** Of those of one upper half, how many have which lower half. */
	private long[] lower;

	private int counted = -1;

	private Percentile(final RandomAccessibleInterval<FloatType> image) {
		this.image = image;
		final Cursor<FloatType> cursor = Views.flatIterable(image).cursor();
		while (cursor.hasNext())
			upper[Float.floatToRawIntBits(cursor.next().get()) >>> HALF]++;
	}

	/**
	 * @param image finite values of at least 0; is not changed
	 * @param count the percentile is that of so many of the largest values, 1 up to all: what was set to 0 can be left out
	 * @param percentiles 0..100 each
	 * @return a value for each
	 * @throws IllegalArgumentException if count or a percentile is out of range
	 */
	public static double[] of(final RandomAccessibleInterval<FloatType> image, final long count,
		final double... percentiles)
	{
		final long size = Intervals.numElements(image);
		if (count < 1 || count > size) throw new IllegalArgumentException("count must lie within 1.." + size +
			", the image's pixels, but is " + count);
		for (final double percentile : percentiles)
			if (!(percentile >= 0 && percentile <= 100)) throw new IllegalArgumentException(
				"percentiles must lie within 0..100, but one is " + percentile);
		final Percentile counts = new Percentile(image);
		return Arrays.stream(percentiles).map(percentile -> counts.linear(size - count, percentile / 100 * (count - 1)))
			.toArray();
	}

	/** @param first rank from which a position counts */
	private double linear(final long first, final double position) {
		final long below = (long) position;
		final double low = select(first + below);
		if (below == position) return low;
		final double high = select(first + below + 1);
		// numpy interpolates from the nearer end, which rounds differently
		final double t = position - below;
		return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
	}

	/** The value of a rank, which counts from 0, the smallest. */
	private float select(final long rank) {
		long rest = rank;
		int top = 0, bottom = 0;
		for (; rest >= upper[top]; top++)
			rest -= upper[top];
		if (top != counted) countLower(top);
		for (; rest >= lower[bottom]; bottom++)
			rest -= lower[bottom];
		return Float.intBitsToFloat(top << HALF | bottom);
	}

	private void countLower(final int top) {
		lower = new long[BINS];
		counted = top;
		final Cursor<FloatType> cursor = Views.flatIterable(image).cursor();
		while (cursor.hasNext()) {
			final int bits = Float.floatToRawIntBits(cursor.next().get());
			if (bits >>> HALF == top) lower[bits & BINS - 1]++;
		}
	}
}
