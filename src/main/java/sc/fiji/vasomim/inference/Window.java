package sc.fiji.vasomim.inference;

import java.util.stream.IntStream;

/**
 * What a network sees of an image at once: {@code side x side} patches, numbered in raster order in the window itself.
 * Where the image is smaller, the window reaches beyond its right and lower border.
 *
 * @param column of its first patch in the image
 * @param row of its first patch in the image
 */
record Window(PatchGrid grid, int side, int column, int row) {

	/** Its patches that the network is shown: in the image and not hidden. */
	long[] visible(final boolean[] hidden) {
		return IntStream.range(0, side * side).filter(i -> inImage(i) && !hidden[number(i)]).asLongStream().toArray();
	}

	/** Of one value for each of the image's patches those of the window, 0 outside of the image. */
	float[] cut(final float[] values) {
		final float[] cut = new float[side * side];
		for (int i = 0; i < cut.length; i++)
			if (inImage(i)) cut[i] = values[number(i)];
		return cut;
	}

	/**
	 * Adds the window's pixels to those of the image.
	 *
	 * @param sum a value for each pixel of the image
	 * @param count for each patch of the image, how many windows added to it
	 */
	void add(final float[] pixels, final double[] sum, final int[] count) {
		for (int i = 0; i < side * side; i++)
			if (inImage(i)) count[number(i)]++;
		final int size = side * grid.patch();
		for (int i = 0; i < pixels.length; i++) {
			final int x = column * grid.patch() + i % size;
			final int y = row * grid.patch() + i / size;
			if (x < grid.width() && y < grid.height()) sum[y * grid.width() + x] += pixels[i];
		}
	}

	private boolean inImage(final int i) {
		return column + i % side < grid.columns() && row + i / side < grid.rows();
	}

	private int number(final int i) {
		return (row + i / side) * grid.columns() + column + i % side;
	}
}
