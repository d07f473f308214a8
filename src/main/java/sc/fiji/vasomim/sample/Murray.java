package sc.fiji.vasomim.sample;

/** Murray's law of branching: r^3 = r1^3 + r2^3. */
final class Murray {

	private Murray() {}

	/** The second child's radius over the parent's, when the first one's is given, 0..1. */
	static double rest(final double ratio) {
		return StrictMath.cbrt(1 - ratio * ratio * ratio);
	}

	/**
	 * Narrows a branch behind a point where a child leaves it, smoothly over one diameter.
	 *
	 * @param radius changed in place
	 * @param ratio the child's radius over the branch's at that point
	 */
	static void narrow(final double[] radius, final int at, final double ratio) {
		final double rest = rest(ratio);
		final double diameter = 2 * radius[at];
		for (int i = at + 1; i < radius.length; i++) {
			final double t = Math.min(1, (i - at) * CoronaryTree.STEP / diameter);
			radius[i] *= 1 - (1 - rest) * t * t * (3 - 2 * t);
		}
	}
}
