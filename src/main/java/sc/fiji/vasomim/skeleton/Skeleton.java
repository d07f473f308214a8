package sc.fiji.vasomim.skeleton;

import static sc.fiji.vasomim.skeleton.RemovalTable.FIRST;
import static sc.fiji.vasomim.skeleton.RemovalTable.SECOND;

import java.util.Arrays;

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
 * Passes look at pixels only whose neighbourhood changed, so that the time goes with the area, not with the width.
 */
public final class Skeleton {

	private static final byte[] TABLE = RemovalTable.create();

	private static final int INSIDE = 255;

	/** Of a pixel's state, besides a bit for each pass that it waits for. */
	private static final int LEFT = 4;

	/** Neighbourhoods as {@link RemovalTable} has them, in row order, with one pixel of nothing around the image. */
	private final byte[] neighbours;

	private final byte[] state;

	/** Where the eight neighbours are, clockwise from north. */
	private final int[] steps;

	private final int row;

	/** Pixels that a pass has to look at: those whose neighbourhood is not what it was at the last such pass. */
	private final Pixels first = new Pixels(), second = new Pixels();

	private final Pixels removed = new Pixels();

	private Skeleton(final RandomAccessibleInterval<? extends RealType<?>> mask) {
		final int width = (int) mask.dimension(0), height = (int) mask.dimension(1);
		row = width + 2;
		neighbours = new byte[Math.multiplyExact(row, height + 2)];
		state = new byte[neighbours.length];
		steps = new int[] { -row, 1 - row, 1, row + 1, row, row - 1, -1, -row - 1 };
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(mask).cursor();
		for (int y = 1; y <= height; y++)
			for (int x = 1; x <= width; x++)
				if (cursor.next().getRealDouble() != 0) {
					state[y * row + x] = LEFT;
					toggle(y * row + x);
				}
		for (int i = 0; i < state.length; i++)
			if (state[i] != 0 && TABLE[neighbours[i] & 0xff] != 0) queue(i);
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
		boolean changed;
		do {
			changed = pass(first, FIRST);
			changed |= pass(second, SECOND);
		}
		while (changed);
	}

	/** All of a pass are chosen before one is removed. @return whether one is */
	private boolean pass(final Pixels queue, final int bit) {
		removed.size = 0;
		for (int i = 0; i < queue.size; i++) {
			final int pixel = queue.values[i];
			state[pixel] &= ~bit;
			if (state[pixel] >= LEFT && (TABLE[neighbours[pixel] & 0xff] & bit) != 0) removed.add(pixel);
		}
		queue.size = 0;
		for (int i = 0; i < removed.size; i++) {
			state[removed.values[i]] &= ~LEFT;
			toggle(removed.values[i]);
		}
		for (int i = 0; i < removed.size; i++)
			for (final int step : steps)
				if (state[removed.values[i] + step] >= LEFT) queue(removed.values[i] + step);
		return removed.size > 0;
	}

	/** For both passes, once each. */
	private void queue(final int pixel) {
		if ((state[pixel] & FIRST) == 0) first.add(pixel);
		if ((state[pixel] & SECOND) == 0) second.add(pixel);
		state[pixel] |= FIRST | SECOND;
	}

	/** Tells the eight neighbours that a pixel came or went. */
	private void toggle(final int pixel) {
		for (int k = 0; k < 8; k++)
			neighbours[pixel + steps[k]] ^= 1 << (k + 4) % 8;
	}

	private Img<UnsignedByteType> image(final int width, final int height) {
		final byte[] image = new byte[width * height];
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				if (state[(y + 1) * row + x + 1] >= LEFT) image[y * width + x] = (byte) INSIDE;
		return ArrayImgs.unsignedBytes(image, width, height);
	}

	/** A list of their numbers. */
	private static final class Pixels {

		private int[] values = new int[1024];

		private int size;

		private void add(final int pixel) {
			if (size == values.length) values = Arrays.copyOf(values, 2 * size);
			values[size++] = pixel;
		}
	}
}
