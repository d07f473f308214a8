package sc.fiji.vasomim.vesselness;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An order statistic without sorting or copying: not negative floats are ordered as their bits are, so one count of the
 * upper half of the bits and one of the lower half find it.
 */
final class Quantile {

	private static final int HALF = 16;

	private Quantile() {}

	/**
	 * @param image values of at least 0
	 * @param percentile above 0, up to 100
	 * @return the smallest value that at least so many per cent of the pixels do not exceed
	 */
	static float of(final RandomAccessibleInterval<FloatType> image, final double percentile) {
		final long size = Views.flatIterable(image).size();
		long rank = Math.max(1, (long) Math.ceil(percentile / 100 * size));
		int bits = 0;
		for (final int shift : new int[] { HALF, 0 }) {
			final long[] counts = count(image, bits, shift);
			int bin = 0;
			for (; rank > counts[bin]; bin++)
				rank -= counts[bin];
			bits |= bin << shift;
		}
		return Float.intBitsToFloat(bits);
	}

	/** Counts the 16 bits from a shift on, of the values whose bits above those are given. */
	private static long[] count(final RandomAccessibleInterval<FloatType> image, final int above, final int shift) {
		final long[] counts = new long[1 << HALF];
		final Cursor<FloatType> cursor = Views.flatIterable(image).cursor();
		while (cursor.hasNext()) {
			final int bits = Float.floatToRawIntBits(cursor.next().get());
			if (shift == HALF || bits >>> HALF == above >>> HALF) counts[bits >>> shift & (1 << HALF) - 1]++;
		}
		return counts;
	}
}
