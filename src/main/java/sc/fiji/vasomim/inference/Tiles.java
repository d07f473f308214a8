package sc.fiji.vasomim.inference;

/**
 * An axis covered by tiles of one length, evenly, each overlapping the next by a quarter at least. They begin at multiples
 * of the network's stride, so that all see the same grid where it reduces the image. The last may reach beyond the axis
 * and sees it mirrored there.
 *
 * @param length of the axis in px
 * @param tile length of a tile in px, a multiple of the stride
 * @param stride in px
 */
record Tiles(int length, int tile, int stride) {

	/** Length of all tiles together. */
	int covered() {
		return Math.max(tile, (length + stride - 1) / stride * stride);
	}

	int count() {
		final int step = Math.max(1, tile * 3 / 4 / stride);
		return 1 + (free() + step - 1) / step;
	}

	/** Where a tile begins. */
	int start(final int i) {
		return i == 0 ? 0 : i * free() / (count() - 1) * stride;
	}

	/** How many strides lie between the first tile's start and the last's. */
	private int free() {
		return (covered() - tile) / stride;
	}

	/** For each px of a tile the px of the axis that it sees. */
	long[] pixels(final int i) {
		final long[] pixels = new long[tile];
		for (int p = 0; p < tile; p++) {
			final int turn = (start(i) + p) % (2 * length);
			pixels[p] = Math.min(turn, 2 * length - 1 - turn);
		}
		return pixels;
	}

	/**
	 * What each px of a tile counts against the tiles before: where they overlap, it is 0 in the first quarter, because a
	 * network errs at the borders of what it sees, rises smoothly to 1 in the middle half, and is 1 elsewhere. What the
	 * tiles before count is the rest, so that the sum is 1 everywhere.
	 */
	float[] weights(final int i) {
		final int overlap = i == 0 ? 0 : start(i - 1) + tile - start(i);
		final float[] weights = new float[tile];
		for (int p = 0; p < tile; p++) {
			final float way = Math.max(0, Math.min(1, 2 * (p + 0.5f) / overlap - 0.5f));
			weights[p] = p < overlap ? way * way * (3 - 2 * way) : 1;
		}
		return weights;
	}
}
