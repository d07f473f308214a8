package sc.fiji.vasomim.vesselness;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A plane of floats as rows, indexed [y][x]. Rows are a little longer than the plane is wide: rows of a power of two
 * would fight for the same cache lines when a kernel runs down a column.
 */
final class Plane {

	private static final int PAD = 24, BLOCK = 16;

	final int width, height;

	final float[][] rows;

	Plane(final int width, final int height) {
		this.width = width;
		this.height = height;
		rows = new float[height][width + PAD];
	}

	/**
	 * Copies a 2D image, less the middle of its range: a large offset would cost float accuracy, and a constant image
	 * becomes exactly 0.
	 *
	 * @throws IllegalArgumentException if a pixel is NaN or infinite
	 */
	static Plane centred(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final Plane plane = new Plane((int) image.dimension(0), (int) image.dimension(1));
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image).cursor();
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (int y = 0; y < plane.height; y++) {
			final float[] row = plane.rows[y];
			for (int x = 0; x < plane.width; x++) {
				final float value = cursor.next().getRealFloat();
				if (!Float.isFinite(value)) throw new IllegalArgumentException("pixels must be finite numbers, but " +
					value + " is at (" + (image.min(0) + x) + ", " + (image.min(1) + y) + "): replace NaN and infinity first");
				min = Math.min(min, value);
				max = Math.max(max, value);
				row[x] = value;
			}
		}
		final float centre = (float) ((min + (double) max) / 2);
		for (final float[] row : plane.rows)
			for (int x = 0; x < plane.width; x++)
				row[x] -= centre;
		return plane;
	}

	void copyTo(final RandomAccessibleInterval<FloatType> image) {
		final Cursor<FloatType> cursor = Views.flatIterable(image).cursor();
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				cursor.next().set(rows[y][x]);
	}

	/** This plane with a margin on all sides, in which it is mirrored at its edges (dcba|abcd|dcba), repeatedly. */
	Plane mirrored(final int margin) {
		final Plane result = new Plane(width + 2 * margin, height + 2 * margin);
		final int[] column = new int[result.width];
		for (int x = 0; x < result.width; x++)
			column[x] = mirror(x - margin, width);
		for (int y = 0; y < result.height; y++) {
			final float[] from = rows[mirror(y - margin, height)], to = result.rows[y];
			for (int x = 0; x < result.width; x++)
				to[x] = from[column[x]];
		}
		return result;
	}

	Plane transposed() {
		final Plane result = new Plane(height, width);
		for (int y0 = 0; y0 < height; y0 += BLOCK)
			for (int x = 0; x < width; x++) {
				final float[] to = result.rows[x];
				for (int y = y0; y < Math.min(height, y0 + BLOCK); y++)
					to[y] = rows[y][x];
			}
		return result;
	}

	private static int mirror(final int i, final int n) {
		final int j = Math.floorMod(i, 2 * n);
		return j < n ? j : 2 * n - 1 - j;
	}
}
