package sc.fiji.vasomim.dataset;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** An image reduced to 48 x 48 means, in a form in which alike images are found by one scalar product. */
public final class Thumbnail {

	private static final int SIDE = 48;

	/** Of mean 0 and length 1; all 0 of a constant image. */
	private final float[] values;

	/** @param grey 0..255, {@code height x width} in raster order, of any size from 1 px */
	public Thumbnail(final byte[] grey, final int width, final int height) {
		values = standardised(shrink(grey, width, height));
	}

	/** @param image W x H of any size from 1 px */
	public Thumbnail(final RandomAccessibleInterval<UnsignedByteType> image) {
		this(bytes(image), (int) image.dimension(0), (int) image.dimension(1));
	}

	private static byte[] bytes(final RandomAccessibleInterval<UnsignedByteType> image) {
		final byte[] grey = new byte[(int) (image.dimension(0) * image.dimension(1))];
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(image))
			grey[i++] = pixel.getByte();
		return grey;
	}

	/** Pearson's, -1..1; 0 where an image is constant. */
	public double correlation(final Thumbnail other) {
		double sum = 0;
		for (int i = 0; i < values.length; i++)
			sum += values[i] * other.values[i];
		return sum;
	}

	/** Whether the correlation reaches a threshold; constant images are like nothing. */
	public boolean isLike(final Thumbnail other, final double threshold) {
		// A copy must be found at 1, whatever rounding makes of it.
		return correlation(other) >= threshold - 1e-6;
	}

	/** Sums over the pixels of each cell, those on a border shared out by area; rows are added before columns. */
	private static double[] shrink(final byte[] grey, final int width, final int height) {
		final double[] cells = new double[SIDE * SIDE];
		final double[] row = new double[width];
		for (int cell = 0; cell < SIDE; cell++) {
			Arrays.fill(row, 0);
			for (int y = cell * height / SIDE; y < height && y * SIDE < (cell + 1) * height; y++) {
				final double share = overlap(y, cell, height);
				for (int x = 0; x < width; x++)
					row[x] += share * (grey[y * width + x] & 0xff);
			}
			for (int column = 0; column < SIDE; column++)
				for (int x = column * width / SIDE; x < width && x * SIDE < (column + 1) * width; x++)
					cells[cell * SIDE + column] += overlap(x, column, width) * row[x];
		}
		return cells;
	}

	/** How much of a pixel lies in a cell: 0..1. */
	private static double overlap(final int pixel, final int cell, final int pixels) {
		final double from = (double) cell * pixels / SIDE, to = (cell + 1.0) * pixels / SIDE;
		return Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
	}

	private static float[] standardised(final double[] values) {
		double mean = 0;
		for (final double value : values)
			mean += value / values.length;
		double squares = 0;
		for (final double value : values)
			squares += (value - mean) * (value - mean);
		// Rounding leaves a trace of variance in an image that has none.
		final double factor = squares <= 1e-12 * values.length * mean * mean ? 0 : 1 / Math.sqrt(squares);
		final float[] vector = new float[values.length];
		for (int i = 0; i < vector.length; i++)
			vector[i] = (float) ((values[i] - mean) * factor);
		return vector;
	}
}
