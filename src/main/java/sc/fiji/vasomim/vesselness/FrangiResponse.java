package sc.fiji.vasomim.vesselness;

/**
 * Frangi et al. 1998, equation 15, without sorting or branching: with m = (xx + yy) / 2 and d^2 = ((xx - yy) / 2)^2 +
 * xy^2 the eigenvalues are m - d and m + d; m + d is the larger in magnitude, and positive, just if m > 0. Then RB =
 * (m - d) / (m + d), S^2 = 2 (m^2 + d^2), and V = exp(-RB^2 / 2 beta^2) (1 - exp(-S^2 / 2 c^2)); else V = 0.
 */
final class FrangiResponse implements Response {

	private static final float HUGE = 1e30f, TINY = 1e-35f;

	/** Exponents beyond this are cut: exp(-17) is less than a float's rounding. */
	private static final float LARGEST = 17;

	private final float blob, structure;

	private final boolean both;

	/** @param both whether bright ridges respond too: |m| instead of m */
	FrangiResponse(final double beta, final double c, final boolean both) {
		blob = (float) (1 / (2 * beta * beta));
		structure = (float) (1 / (2 * c * c));
		this.both = both;
	}

	@Override
	public void of(final Hessian hessian, final float[] out, final int from, final int to) {
		final float[] m = hessian.scratch0, d2 = hessian.scratch1, blobness = hessian.scratch2;
		Response.mean(hessian, both, m, from, to);
		Response.halfGapSquared(hessian, d2, from, to);
		Response.root(d2, out, from, to);
		blobness(m, out, blobness, from, to);
		structureness(m, d2, from, to);
		oneMinusExp(blobness, from, to);
		oneMinusExp(d2, from, to);
		for (int x = from; x < to; x++)
			out[x] = (1 - blobness[x]) * d2[x];
	}

	/** RB^2 / 2 beta^2; where it is above 1 / 2 beta^2, or nothing by next to nothing, V is 0 by its structure. */
	private void blobness(final float[] m, final float[] d, final float[] out, final int from, final int to) {
		final float factor = blob;
		for (int x = from; x < to; x++) {
			final float small = m[x] - d[x], large = m[x] + d[x];
			out[x] = small * small / (large * large + TINY) * factor;
		}
	}

	/** From d^2 to S^2 / 2 c^2, or 0 where there is no ridge of the right sign. */
	private void structureness(final float[] m, final float[] d2, final int from, final int to) {
		final float factor = 2 * structure;
		for (int x = from; x < to; x++)
			d2[x] = Math.min((m[x] * m[x] + d2[x]) * factor, Math.max(m[x], 0) * HUGE);
	}

	/**
	 * y becomes 1 - exp(-y), y at least 0: Taylor's series for y / 64, then six times q -> q (2 - q), which is 1 - (1 -
	 * q)^2. Relative error about 2e-7, and vector code, which Math.exp is not.
	 */
	static void oneMinusExp(final float[] y, final int from, final int to) {
		for (int x = from; x < to; x++) {
			final float u = Math.min(y[x], LARGEST) * (1 / 64f);
			y[x] = u * (1 - u * (1 / 2f - u * (1 / 6f - u * (1 / 24f - u * (1 / 120f - u * (1 / 720f))))));
		}
		for (int x = from; x < to; x++) {
			float q = y[x];
			q = q * (2 - q);
			q = q * (2 - q);
			q = q * (2 - q);
			q = q * (2 - q);
			q = q * (2 - q);
			y[x] = q * (2 - q);
		}
	}
}
