package sc.fiji.vasomim.curation;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** A frame reduced to 48 x 48 means, in a form in which alike frames are found by one scalar product. */
final class Thumbnail {

	private static final int SIDE = 48;

	/** Of mean 0 and length 1; all 0 of a constant frame. */
	private final float[] values = new float[SIDE * SIDE];

	/** @param frame W x H of any size from 1 px */
	Thumbnail(final RandomAccessibleInterval<UnsignedByteType> frame) {
		final RandomAccess<UnsignedByteType> pixel = frame.randomAccess();
		double sum = 0;
		for (int i = 0; i < values.length; i++)
			sum += values[i] = mean(frame, pixel, i % SIDE, i / SIDE);
		double squares = 0;
		for (int i = 0; i < values.length; i++) {
			values[i] -= sum / values.length;
			squares += (double) values[i] * values[i];
		}
		// Rounding leaves something of a constant frame too.
		final double length = Math.sqrt(squares);
		for (int i = 0; i < values.length; i++)
			values[i] = length > 1e-3 ? (float) (values[i] / length) : 0;
	}

	private static float mean(final RandomAccessibleInterval<UnsignedByteType> frame,
		final RandomAccess<UnsignedByteType> pixel, final int column, final int row)
	{
		final int left = start(column, frame.dimension(0)), right = end(column, frame.dimension(0));
		final int top = start(row, frame.dimension(1)), bottom = end(row, frame.dimension(1));
		long sum = 0;
		for (int y = top; y < bottom; y++) {
			pixel.setPosition(frame.min(0) + left, 0);
			pixel.setPosition(frame.min(1) + y, 1);
			for (int x = left; x < right; x++) {
				sum += pixel.get().get();
				pixel.fwd(0);
			}
		}
		return (float) sum / ((right - left) * (bottom - top));
	}

	private static int start(final int i, final long size) {
		return (int) (i * size / SIDE);
	}

	/** At least one pixel on. */
	private static int end(final int i, final long size) {
		return Math.max(start(i, size) + 1, start(i + 1, size));
	}

	/** Whether Pearson's correlation reaches a threshold; constant frames are like nothing. */
	boolean isLike(final Thumbnail other, final double threshold) {
		double product = 0;
		for (int i = 0; i < values.length; i++)
			product += values[i] * other.values[i];
		// A copy must be found at 1, whatever rounding makes of it.
		return product >= threshold - 1e-6;
	}
}
