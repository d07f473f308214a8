package sc.fiji.vasomim.anatomy;

import java.util.Arrays;

/** Connected components of a plane of foreground flags, by region growing. */
final class Components {

	private final boolean[] foreground;

	private final int width;

	private final int[] stepsX, stepsY;

	/** Pixels of the component that grows: each enters once. */
	private final int[] queue;

	/**
	 * @param foreground width x height flags in row order; a grown component leaves the foreground
	 * @param connectivity 4 or 8
	 */
	Components(final boolean[] foreground, final int width, final int connectivity) {
		this.foreground = foreground;
		this.width = width;
		stepsX = connectivity == 4 ? new int[] { 0, -1, 1, 0 } : new int[] { -1, 0, 1, -1, 1, -1, 0, 1 };
		stepsY = connectivity == 4 ? new int[] { -1, 0, 0, 1 } : new int[] { -1, -1, -1, 0, 0, 1, 1, 1 };
		queue = new int[foreground.length];
	}

	/**
	 * Takes the component that holds a pixel out of the foreground.
	 *
	 * @param seed index of the pixel
	 * @return indices of its pixels, none if the seed is not foreground
	 */
	int[] grow(final int seed) {
		int size = 0;
		if (foreground[seed]) queue[size++] = seed;
		foreground[seed] = false;
		for (int next = 0; next < size; next++) {
			final int x = queue[next] % width, y = queue[next] / width;
			for (int s = 0; s < stepsX.length; s++) {
				final int nx = x + stepsX[s], ny = y + stepsY[s], n = ny * width + nx;
				if (nx < 0 || nx >= width || n < 0 || n >= foreground.length || !foreground[n]) continue;
				foreground[n] = false;
				queue[size++] = n;
			}
		}
		return Arrays.copyOf(queue, size);
	}
}
