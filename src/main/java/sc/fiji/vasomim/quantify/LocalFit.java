package sc.fiji.vasomim.quantify;

/**
 * Smooths values along a line by polynomials fitted around each place, the nearer the weightier (Cleveland, JASA
 * 74:829, 1979). A parabola keeps the depth of a narrowing where a mean would fill it.
 */
final class LocalFit {

	private LocalFit() {}

	/**
	 * @param values at places 1 apart
	 * @param weights how far a value may be relied on, 0 or more
	 * @param half-width of the stretch around the place
	 * @param degree of the polynomial, 1 or 2
	 * @return its coefficients, with the place as origin: value, slope, half the curvature; null if all values around
	 *         weigh nothing
	 */
	static double[] at(final int place, final double[] values, final double[] weights, final int half,
		final int degree)
	{
		final int terms = degree + 1;
		final double[][] a = new double[terms][terms + 1];
		for (int i = Math.max(0, place - half); i <= Math.min(values.length - 1, place + half); i++) {
			final double x = (double) (i - place) / (half + 1);
			final double weight = weights[i] * Math.pow(1 - Math.pow(Math.abs(x), 3), 3);
			for (int r = 0; r < terms; r++) {
				for (int c = 0; c < terms; c++)
					a[r][c] += weight * Math.pow(x, r + c);
				a[r][terms] += weight * Math.pow(x, r) * values[i];
			}
		}
		if (a[0][0] == 0) return null;
		// A little pull towards no slope and no bend, which values on one side alone cannot tell.
		for (int r = 1; r < terms; r++)
			a[r][r] += 0.005 * a[0][0];
		final double[] solution = solve(a);
		for (int r = 1; r < terms; r++)
			solution[r] /= Math.pow(half + 1, r);
		return solution;
	}

	/** A positive definite system with its right side as last column, by elimination; the system is overwritten. */
	private static double[] solve(final double[][] a) {
		final int n = a.length;
		for (int k = 0; k < n; k++)
			for (int r = k + 1; r < n; r++) {
				final double share = a[r][k] / a[k][k];
				for (int c = k; c <= n; c++)
					a[r][c] -= share * a[k][c];
			}
		final double[] x = new double[n];
		for (int k = n - 1; k >= 0; k--) {
			x[k] = a[k][n];
			for (int c = k + 1; c < n; c++)
				x[k] -= a[k][c] * x[c];
			x[k] /= a[k][k];
		}
		return x;
	}
}
