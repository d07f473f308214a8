package sc.fiji.vasomim.inference;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * The plain answer that a reconstruction has to beat: each hidden pixel interpolated linearly between the nearest
 * visible pixels of its row and of its column, the two weighted by the inverse of the gap each has to span.
 */
public final class BilinearInfill {

	private BilinearInfill() {}

	/**
	 * @param grey of the grid's size, 0..255
	 * @param hidden for each patch of the grid; at least one is not
	 * @return of the same size, visible pixels as they were
	 */
	public static RandomAccessibleInterval<UnsignedByteType> fill(final RandomAccessibleInterval<UnsignedByteType> grey,
		final PatchGrid grid, final boolean[] hidden)
	{
		final double[][] pixels = new double[grid.height()][grid.width()];
		final boolean[][] gaps = new boolean[grid.height()][grid.width()];
		final Cursor<UnsignedByteType> cursor = Views.flatIterable(grey).cursor();
		for (int y = 0; y < grid.height(); y++)
			for (int x = 0; x < grid.width(); x++) {
				pixels[y][x] = cursor.next().get();
				gaps[y][x] = hidden[grid.at(x, y)];
			}
		fill(pixels, gaps);
		final byte[] filled = new byte[grid.width() * grid.height()];
		for (int i = 0; i < filled.length; i++)
			filled[i] = (byte) Math.round(pixels[i / grid.width()][i % grid.width()]);
		return ArrayImgs.unsignedBytes(filled, grid.width(), grid.height());
	}

	/**
	 * The same for any values, in place.
	 *
	 * @param values rows of equal length; those in gaps don't count and are replaced
	 * @param gaps at least one value is in none
	 */
	static void fill(final double[][] values, final boolean[][] gaps) {
		final int height = values.length;
		final int width = values[0].length;
		final double[] sum = new double[width * height];
		final double[] weight = new double[width * height];
		for (int y = 0; y < height; y++)
			line(values, gaps, 0, y, 1, 0, width, sum, weight);
		for (int x = 0; x < width; x++)
			line(values, gaps, x, 0, 0, 1, height, sum, weight);
		final double mean = meanOutside(values, gaps);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				if (gaps[y][x]) values[y][x] = weight[i] > 0 ? sum[i] / weight[i] : mean;
			}
	}

	private static double meanOutside(final double[][] values, final boolean[][] gaps) {
		double sum = 0;
		int count = 0;
		for (int y = 0; y < values.length; y++)
			for (int x = 0; x < values[y].length; x++)
				if (!gaps[y][x]) {
					sum += values[y][x];
					count++;
				}
		return sum / count;
	}

	/** Interpolates every gap of one row or column; a gap at an end takes its one neighbour's value. */
	private static void line(final double[][] pixels, final boolean[][] hidden, final int x0, final int y0, final int dx,
		final int dy, final int length, final double[] sum, final double[] weight)
	{
		int before = -1;
		for (int i = 0; i <= length; i++) {
			if (i < length && hidden[y0 + i * dy][x0 + i * dx]) continue;
			for (int j = before + 1; j < i; j++) {
				if (before < 0 && i == length) continue;
				final double gap = i - before;
				final double left = before < 0 ? 0 : pixels[y0 + before * dy][x0 + before * dx];
				final double right = i == length ? 0 : pixels[y0 + i * dy][x0 + i * dx];
				final double value = before < 0 ? right : i == length ? left : left + (right - left) * (j - before) / gap;
				final int index = (y0 + j * dy) * pixels[0].length + x0 + j * dx;
				sum[index] += value / gap;
				weight[index] += 1 / gap;
			}
			before = i;
		}
	}
}
