package sc.fiji.vasomim.inference;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * How an image divides into patches, in raster order from its upper left corner. The last column and row may reach
 * beyond the image.
 *
 * @param width of the image in px
 * @param height of the image in px
 * @param patch side of a patch in px
 */
public record PatchGrid(int width, int height, int patch) {

	public PatchGrid {
		if (width < 1 || height < 1 || patch < 1) throw new IllegalArgumentException("width, height, patch: must be at " +
			"least 1 px, but are " + width + ", " + height + " and " + patch);
	}

	public int columns() {
		return (width + patch - 1) / patch;
	}

	public int rows() {
		return (height + patch - 1) / patch;
	}

	/** Patches of the image, L. */
	public int patches() {
		return columns() * rows();
	}

	/** The patch that a pixel lies in. */
	public int at(final int x, final int y) {
		return y / patch * columns() + x / patch;
	}

	/** @throws IllegalArgumentException unless at least one patch is hidden, one is visible, and none is missing */
	public void require(final boolean[] hidden) {
		if (hidden.length != patches()) throw new IllegalArgumentException("hidden: must say so of " + patches() +
			" patches, but does of " + hidden.length);
		int count = 0;
		for (final boolean one : hidden)
			if (one) count++;
		if (count == 0 || count == hidden.length) throw new IllegalArgumentException("hidden: would hide " + count +
			" of the " + hidden.length + " patches of " + patch + " x " + patch + " px that this image has; at least one must be hidden" +
			" and one visible. Hide " + (count == 0 ? "more." : "less (a lower maskratio, a smaller selection), use" +
				" resolution=network, or take a larger image."));
	}

	/** The hidden patches as an image, width x height: 255 in hidden ones, 0 elsewhere. */
	public RandomAccessibleInterval<UnsignedByteType> pixels(final boolean[] hidden) {
		final byte[] pixels = new byte[width * height];
		for (int i = 0; i < pixels.length; i++)
			if (hidden[at(i % width, i / width)]) pixels[i] = (byte) 255;
		return ArrayImgs.unsignedBytes(pixels, width, height);
	}

	/**
	 * The image in whole patches. What a patch lacks is mirrored from its own pixels, not from its neighbours': no pixel
	 * of a hidden patch comes into a visible one.
	 *
	 * @param image width x height
	 */
	RandomAccessibleInterval<UnsignedByteType> pad(final RandomAccessibleInterval<UnsignedByteType> image) {
		final int paddedWidth = columns() * patch;
		final int paddedHeight = rows() * patch;
		final byte[] padded = new byte[paddedWidth * paddedHeight];
		final RandomAccess<UnsignedByteType> access = image.randomAccess();
		for (int i = 0; i < padded.length; i++)
			padded[i] = access.setPositionAndGet(image.min(0) + source(i % paddedWidth, width), image.min(1) + source(i /
				paddedWidth, height)).getByte();
		return ArrayImgs.unsignedBytes(padded, paddedWidth, paddedHeight);
	}

	private int source(final int position, final int length) {
		final int first = position / patch * patch;
		final int own = Math.min(patch, length - first);
		final int turn = (position - first) % (2 * own);
		return first + (turn < own ? turn : 2 * own - 1 - turn);
	}
}
