package sc.fiji.vasomim.inference;

/**
 * An axis resized with linear interpolation between the centres of its px, as PyTorch's {@code interpolate} does it
 * ({@code align_corners=False}).
 *
 * @param from its length in px
 * @param to its length in px afterwards
 */
record Enlargement(int from, int to) {

	/** The last px before the centre of a new one. */
	int before(final int i) {
		return (int) position(i);
	}

	/** The first px behind it. */
	int behind(final int i) {
		return Math.min(before(i) + 1, from - 1);
	}

	/** How far it is on the way from the one to the other, 0..1. */
	float way(final int i) {
		return (float) (position(i) - before(i));
	}

	private double position(final int i) {
		return Math.min(from - 1, Math.max(0, (i + 0.5) * from / to - 0.5));
	}

	/** How many of the new px are made of the first so many px alone. */
	int madeOf(final int first) {
		int made = 0;
		while (made < to && behind(made) < first)
			made++;
		return made;
	}
}
