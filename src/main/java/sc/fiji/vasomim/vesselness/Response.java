package sc.fiji.vasomim.vesselness;

/** Vesselness of dark ridges from one row of the scale-normalised Hessian. Stateless. */
interface Response {

	/**
	 * @param hessian its xx, xy and yy are read, its scratch rows are overwritten
	 * @param out receives the response, never below 0
	 * @param from first index into all rows
	 * @param to first index behind the last
	 */
	void of(Hessian hessian, float[] out, int from, int to);

	/** (xx + yy) / 2: the mean of the eigenvalues, or its magnitude. */
	static void mean(final Hessian hessian, final boolean magnitude, final float[] m, final int from, final int to) {
		final float[] xx = hessian.xx, yy = hessian.yy;
		for (int x = from; x < to; x++)
			m[x] = 0.5f * (xx[x] + yy[x]);
		if (magnitude) for (int x = from; x < to; x++)
			m[x] = Math.abs(m[x]);
	}

	/** ((xx - yy) / 2)^2 + xy^2: the square of half the distance of the eigenvalues. */
	static void halfGapSquared(final Hessian hessian, final float[] d2, final int from, final int to) {
		final float[] xx = hessian.xx, yy = hessian.yy, xy = hessian.xy;
		for (int x = from; x < to; x++) {
			final float h = 0.5f * (xx[x] - yy[x]);
			d2[x] = h * h + xy[x] * xy[x];
		}
	}

	/** A loop of its own: C2 vectorises it, but not with much else in it. */
	static void root(final float[] values, final float[] root, final int from, final int to) {
		for (int x = from; x < to; x++)
			root[x] = (float) Math.sqrt(values[x]);
	}
}
