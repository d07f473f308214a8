package sc.fiji.vasomim.vesselness;

/**
 * As {@link SatoResponse}, but 0 where the eigenvalue of larger magnitude has the other sign: m + d where m > 0.
 *
 * @param both whether bright ridges respond too: |m| instead of m
 */
record TubenessResponse(boolean both) implements Response {

	@Override
	public void of(final Hessian hessian, final float[] out, final int from, final int to) {
		final float[] m = hessian.scratch0, d2 = hessian.scratch1, d = hessian.scratch2;
		Response.mean(hessian, both, m, from, to);
		Response.halfGapSquared(hessian, d2, from, to);
		Response.root(d2, d, from, to);
		for (int x = from; x < to; x++)
			out[x] = m[x] > 0 ? m[x] + d[x] : 0;
	}

	/** In 3D, l1 <= l2 <= l3: the geometric mean of the two of larger magnitude, 0 unless both are positive. */
	static double volume(final double l1, final double l2, final double l3) {
		// Two eigenvalues of larger magnitude are positive just if l2 is and l1 is the smallest in magnitude.
		return l2 > 0 && -l1 <= l2 ? Math.sqrt(l2 * l3) : 0;
	}
}
