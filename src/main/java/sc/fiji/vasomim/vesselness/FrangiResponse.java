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

	/** The series for 1 - exp(-u) is good to a float's rounding up to this u. */
	private static final double LARGEST_OF_SERIES = 0.27;

	private final int blobHalvings, structureHalvings;

	private final float blob, structure;

	private final boolean both;

	/** @param both whether bright ridges respond too: |m| instead of m */
	FrangiResponse(final double beta, final double c, final boolean both) {
		final double largestBlob = 1 / (2 * beta * beta);
		blobHalvings = halvings(largestBlob);
		blob = (float) (largestBlob / Math.pow(2, blobHalvings));
		structureHalvings = halvings(LARGEST);
		structure = (float) (1 / (c * c) / Math.pow(2, structureHalvings));
		this.both = both;
	}

	private static int halvings(final double largest) {
		return Math.max(0, Math.getExponent(largest / LARGEST_OF_SERIES) + 1);
	}

	@Override
	public void of(final Hessian hessian, final float[] out, final int from, final int to) {
		final float[] m = hessian.scratch0, d2 = hessian.scratch1, blobness = hessian.scratch2;
		Response.mean(hessian, both, m, from, to);
		Response.halfGapSquared(hessian, d2, from, to);
		Response.root(d2, out, from, to);
		blobness(m, out, blobness, from, to);
		structureness(m, d2, from, to);
		oneMinusExp(blobness, blobHalvings, from, to);
		oneMinusExp(d2, structureHalvings, from, to);
		// Nothing where no ridge of the right sign is. C2 has no cheap vector code for max.
		for (int x = from; x < to; x++)
			out[x] = Math.min((1 - blobness[x]) * d2[x], (m[x] + Math.abs(m[x])) * HUGE);
	}

	/** RB^2 / 2 beta^2, halved; that of |m|, which is at most 1 / 2 beta^2. */
	private void blobness(final float[] m, final float[] d, final float[] out, final int from, final int to) {
		final float factor = blob;
		for (int x = from; x < to; x++) {
			final float mean = Math.abs(m[x]), small = mean - d[x], large = mean + d[x];
			out[x] = small * small / (large * large + TINY) * factor;
		}
	}

	/** From d^2 to S^2 / 2 c^2, halved. */
	private void structureness(final float[] m, final float[] d2, final int from, final int to) {
		final float factor = structure, largest = LARGEST / (1 << structureHalvings);
		for (int x = from; x < to; x++)
			d2[x] = Math.min((m[x] * m[x] + d2[x]) * factor, largest);
	}

	/**
	 * From y, halved so many times, to 1 - exp(-y): Taylor's series for the halved y, then so many times q -> q (2 - q),
	 * which is 1 - (1 - q)^2. Relative error about 2e-7, and vector code, which Math.exp is not.
	 */
	static void oneMinusExp(final float[] y, final int halvings, final int from, final int to) {
		for (int x = from; x < to; x++) {
			final float u = y[x];
			y[x] = u * (1 - u * (1 / 2f - u * (1 / 6f - u * (1 / 24f - u * (1 / 120f - u * (1 / 720f))))));
		}
		int left = halvings;
		for (; left >= 3; left -= 3)
			for (int x = from; x < to; x++) {
				float q = y[x];
				q = q * (2 - q);
				q = q * (2 - q);
				y[x] = q * (2 - q);
			}
		for (; left > 0; left--)
			for (int x = from; x < to; x++)
				y[x] = y[x] * (2 - y[x]);
	}
}
