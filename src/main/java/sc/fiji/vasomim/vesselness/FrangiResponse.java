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

	FrangiResponse(final double beta, final double c) {
		blob = (float) (1 / (2 * beta * beta));
		structure = (float) (1 / (2 * c * c));
	}

	@Override
	public void of(final float[] xx, final float[] xy, final float[] yy, final float[] out, final int n) {
		for (int x = 0; x < n; x++) {
			final float h = 0.5f * (xx[x] - yy[x]);
			xx[x] = 0.5f * (xx[x] + yy[x]);
			xy[x] = h * h + xy[x] * xy[x];
		}
		for (int x = 0; x < n; x++)
			out[x] = (float) Math.sqrt(xy[x]);
		// xx is m, xy is d^2, out is d
		for (int x = 0; x < n; x++) {
			final float small = xx[x] - out[x], large = xx[x] + out[x];
			yy[x] = Math.min(small * small / (large * large + TINY), 1) * blob;
		}
		for (int x = 0; x < n; x++) {
			final float norm = 2 * (xx[x] * xx[x] + xy[x]) * structure;
			xx[x] = Math.min(norm, Math.max(xx[x], 0) * HUGE);
		}
		oneMinusExp(yy, n);
		oneMinusExp(xx, n);
		for (int x = 0; x < n; x++)
			out[x] = (1 - yy[x]) * xx[x];
	}

	/**
	 * y becomes 1 - exp(-y), y at least 0: Taylor's series for y / 64, then six times q -> q (2 - q), which is 1 - (1 -
	 * q)^2. Relative error about 2e-7, and vector code, which Math.exp is not.
	 */
	static void oneMinusExp(final float[] y, final int n) {
		for (int x = 0; x < n; x++) {
			final float u = Math.min(y[x], LARGEST) * (1 / 64f);
			y[x] = u * (1 - u * (1 / 2f - u * (1 / 6f - u * (1 / 24f - u * (1 / 120f - u * (1 / 720f))))));
		}
		for (int x = 0; x < n; x++) {
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
