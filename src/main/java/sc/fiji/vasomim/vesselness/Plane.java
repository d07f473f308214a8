package sc.fiji.vasomim.vesselness;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A plane of floats as rows, with a margin in which it is mirrored at its edges (dcba|abcd|dcba), repeatedly if it is
 * smaller than the margin. Pixel (x, y) is row(y)[marginX + x]; the rows of the margin are the mirrored rows
 * themselves, so that they cost nothing.
 */
final class Plane {

	final int width, height, marginX;

	private final int marginY;

	/** By y + marginY, for {@link Convolution}. */
	final float[][] rows;

	Plane(final int width, final int height, final int marginX, final int marginY) {
		this.width = width;
		this.height = height;
		this.marginX = marginX;
		this.marginY = marginY;
		rows = new float[height + 2 * marginY][];
		for (int y = 0; y < height; y++)
			rows[marginY + y] = new float[length()];
		for (int y = -marginY; y < height + marginY; y++)
			rows[marginY + y] = rows[marginY + mirror(y, height)];
	}

	/** An empty one of the same size and margins. */
	Plane(final Plane like) {
		this(like.width, like.height, like.marginX, like.marginY);
	}

	/** Of a row, its margins included. */
	int length() {
		return width + 2 * marginX;
	}

	/** Where a row stands in {@link #rows}. */
	int index(final int y) {
		return marginY + y;
	}

	float[] row(final int y) {
		return rows[marginY + y];
	}

	/** Fills the margins of a row from its pixels. */
	void mirrorEnds(final int y) {
		final float[] row = row(y);
		for (int x = 1; x <= marginX; x++) {
			row[marginX - x] = row[marginX + mirror(-x, width)];
			row[marginX + width - 1 + x] = row[marginX + mirror(width - 1 + x, width)];
		}
	}

	/**
	 * Copies a 2D image.
	 *
	 * @return its least and largest value
	 * @throws IllegalArgumentException if a pixel is NaN or infinite
	 */
	float[] read(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image).cursor();
		// Least and largest of each column: without one variable that all pixels wait for, it is vector code.
		final float[] min = new float[length()], max = new float[length()];
		Arrays.fill(min, Float.POSITIVE_INFINITY);
		Arrays.fill(max, Float.NEGATIVE_INFINITY);
		final int from = marginX, to = marginX + width;
		for (int y = 0; y < height; y++) {
			final float[] row = row(y);
			for (int x = from; x < to; x++)
				row[x] = cursor.next().getRealFloat();
			for (int x = from; x < to; x++)
				min[x] = Math.min(min[x], row[x]);
			for (int x = from; x < to; x++)
				max[x] = Math.max(max[x], row[x]);
		}
		Arrays.sort(min, from, to);
		Arrays.sort(max, from, to);
		// NaN survives Math.max and is sorted last
		if (!Float.isFinite(min[from]) || !Float.isFinite(max[to - 1])) refuse(image.min(0), image.min(1));
		return new float[] { min[from], max[to - 1] };
	}

	/**
	 * Takes the middle of the range off all pixels, and fills the margins: a large offset would cost float accuracy,
	 * and a constant image becomes exactly 0.
	 *
	 * @param sign 1, or -1 to turn bright ridges into dark ones
	 */
	void centre(final float min, final float max, final float sign) {
		final float middle = (float) ((min + (double) max) / 2);
		for (int y = 0; y < height; y++) {
			final float[] row = row(y);
			for (int x = marginX; x < marginX + width; x++)
				row[x] = sign * (row[x] - middle);
			mirrorEnds(y);
		}
	}

	private void refuse(final long minX, final long minY) {
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				if (!Float.isFinite(row(y)[marginX + x])) throw new IllegalArgumentException(
					"pixels must be finite numbers, but " + row(y)[marginX + x] + " is at (" + (minX + x) + ", " +
						(minY + y) + "): replace NaN and infinity first");
	}

	void write(final RandomAccessibleInterval<FloatType> image) {
		final Cursor<FloatType> cursor = Views.flatIterable(image).cursor();
		for (int y = 0; y < height; y++) {
			final float[] row = row(y);
			for (int x = marginX; x < marginX + width; x++)
				cursor.next().set(row[x]);
		}
	}

	static int mirror(final int i, final int n) {
		final int j = Math.floorMod(i, 2 * n);
		return j < n ? j : 2 * n - 1 - j;
	}
}
