package sc.fiji.vasomim.inference;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * The plain answer that a reconstruction has to beat: each hidden pixel interpolated linearly between the nearest
 * visible pixels of its row and of its column, the two weighted by the inverse of the gap each has to span.
 */
public final class BilinearInfill {

	private BilinearInfill() {}

	/**
	 * @param grey W x H, 0..255
	 * @param grid patches per side
	 * @param masked grid x grid: hidden; at least one is not
	 * @return W x H, visible pixels as they were
	 */
	public static RandomAccessibleInterval<UnsignedByteType> fill(final RandomAccessibleInterval<UnsignedByteType> grey,
		final int grid, final boolean[] masked)
	{
		final int width = (int) grey.dimension(0);
		final int height = (int) grey.dimension(1);
		final double[] sum = new double[width * height];
		final double[] weight = new double[width * height];
		final double[][] pixels = new double[height][width];
		final boolean[][] hidden = new boolean[height][width];
		final RandomAccess<UnsignedByteType> access = grey.randomAccess();
		double visible = 0;
		int count = 0;
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				pixels[y][x] = access.setPositionAndGet(grey.min(0) + x, grey.min(1) + y).get();
				hidden[y][x] = masked[y * grid / height * grid + x * grid / width];
				if (hidden[y][x]) continue;
				visible += pixels[y][x];
				count++;
			}
		for (int y = 0; y < height; y++)
			line(pixels, hidden, 0, y, 1, 0, width, sum, weight);
		for (int x = 0; x < width; x++)
			line(pixels, hidden, x, 0, 0, 1, height, sum, weight);
		final byte[] filled = new byte[width * height];
		for (int i = 0; i < filled.length; i++) {
			final double value = !hidden[i / width][i % width] ? pixels[i / width][i % width] : weight[i] > 0 ? sum[i] /
				weight[i] : visible / count;
			filled[i] = (byte) Math.round(value);
		}
		return ArrayImgs.unsignedBytes(filled, width, height);
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
