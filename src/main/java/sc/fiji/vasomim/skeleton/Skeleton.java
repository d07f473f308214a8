package sc.fiji.vasomim.skeleton;

import static sc.fiji.vasomim.skeleton.RemovalTable.FIRST;
import static sc.fiji.vasomim.skeleton.RemovalTable.SECOND;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * A mask thinned to centrelines with the connectivity of 8 neighbours: the parallel thinning of Zhang and Suen (CACM
 * 27:236, 1984), pixel for pixel as {@code skimage.morphology.skeletonize} of scikit-image 0.25 does it in 2D, its
 * departures from the paper included. Centrelines are 1 px wide save for rare clumps; each end of a vessel is shortened
 * by about half the vessel's width. Beyond the border there is nothing, so a vessel that leaves the image ends there.
 */
public final class Skeleton {

	private static final byte[] TABLE = RemovalTable.create();

	private static final int INSIDE = 255;

	/** Neighbourhoods as {@link RemovalTable} has them, in row order, with one pixel of nothing around the image. */
	private final byte[] neighbours;

	/** Where the eight neighbours are, clockwise from north. */
	private final int[] steps;

	/** Pixels that are left, and those that a pass removes. */
	private final int[] pixels, removed;

	private int size;

	private Skeleton(final RandomAccessibleInterval<? extends RealType<?>> mask) {
		final int width = (int) mask.dimension(0), height = (int) mask.dimension(1), row = width + 2;
		neighbours = new byte[Math.multiplyExact(row, height + 2)];
		steps = new int[] { -row, 1 - row, 1, row + 1, row, row - 1, -1, -row - 1 };
		pixels = new int[width * height];
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(mask).cursor();
		for (int y = 1; y <= height; y++)
			for (int x = 1; x <= width; x++)
				if (cursor.next().getRealDouble() != 0) pixels[size++] = y * row + x;
		removed = new int[size];
		for (int i = 0; i < size; i++)
			toggle(pixels[i]);
	}

	/**
	 * Stateless; any number of threads may call it at once.
	 *
	 * @param mask W x H, of any real type; every pixel other than 0 belongs to it. Is not changed
	 * @return W x H, 255 on the centrelines and 0 elsewhere, its origin at 0; empty if the mask is
	 * @throws IllegalArgumentException if the mask is not 2D
	 */
	public static Img<UnsignedByteType> of(final RandomAccessibleInterval<? extends RealType<?>> mask) {
		if (mask.numDimensions() != 2) throw new IllegalArgumentException("mask: must be of 2 dimensions, but is of " +
			mask.numDimensions() + "; give one plane at a time");
		final Skeleton skeleton = new Skeleton(mask);
		skeleton.thin();
		return skeleton.image((int) mask.dimension(0), (int) mask.dimension(1));
	}

	private void thin() {
		int before;
		do {
			before = size;
			pass(FIRST);
			pass(SECOND);
		}
		while (size < before);
	}

	/** All of a pass are chosen before one is removed. */
	private void pass(final int bit) {
		int kept = 0, gone = 0;
		for (int i = 0; i < size; i++) {
			final int pixel = pixels[i];
			if ((TABLE[neighbours[pixel] & 0xff] & bit) == 0) pixels[kept++] = pixel;
			else removed[gone++] = pixel;
		}
		size = kept;
		for (int i = 0; i < gone; i++)
			toggle(removed[i]);
	}

	/** Tells the eight neighbours that a pixel came or went. */
	private void toggle(final int pixel) {
		for (int k = 0; k < 8; k++)
			neighbours[pixel + steps[k]] ^= 1 << (k + 4) % 8;
	}

	private Img<UnsignedByteType> image(final int width, final int height) {
		final byte[] image = new byte[width * height];
		final int row = width + 2;
		for (int i = 0; i < size; i++)
			image[(pixels[i] / row - 1) * width + pixels[i] % row - 1] = (byte) INSIDE;
		return ArrayImgs.unsignedBytes(image, width, height);
	}
}
