package sc.fiji.vasomim.vesselness;

/**
 * max(m + d, 0), the largest eigenvalue, where m = (xx + yy) / 2 and d^2 = ((xx - yy) / 2)^2 + xy^2.
 *
 * @param both whether bright ridges respond too: |m| instead of m
 */
record SatoResponse(boolean both) implements Response {

	@Override
	public void of(final Hessian hessian, final float[] out, final int from, final int to) {
		final float[] m = hessian.scratch0, d2 = hessian.scratch1, d = hessian.scratch2;
		Response.mean(hessian, both, m, from, to);
		Response.halfGapSquared(hessian, d2, from, to);
		Response.root(d2, d, from, to);
		for (int x = from; x < to; x++)
			out[x] = Math.max(m[x] + d[x], 0);
	}
}
