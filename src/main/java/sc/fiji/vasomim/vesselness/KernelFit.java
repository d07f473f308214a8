package sc.fiji.vasomim.vesselness;

/**
 * Kernels for what a Gaussian has smoothed already. Little of high frequency is left in it, so that a few taps do: the
 * fewest that a least-squares fit needs to act as the continuous Gaussian or its derivative.
 */
final class KernelFit {

	private static final int FREQUENCIES = 64, MOST_TAPS = 12;

	/** White noise in any float image, of its values. */
	private static final double ROUNDING = 1e-7;

	private KernelFit() {}

	/**
	 * @param order 0, 1 or 2 derivatives
	 * @param smoothed the standard deviation, in px, by which the image is smoothed
	 * @param variance of the Gaussian to smooth with, in px^2, at least 0
	 * @param tolerance of the error in a second derivative of smoothed white noise, of that derivative (root mean square)
	 * @return half kernel as in {@link GaussianKernels}, not normalised
	 */
	static double[] derivative(final int order, final double smoothed, final double variance, final double tolerance) {
		final double[] frequencies = new double[FREQUENCIES], weights = new double[FREQUENCIES];
		final double[] goal = new double[FREQUENCIES], rest = new double[FREQUENCIES];
		for (int i = 0; i < FREQUENCIES; i++) {
			final double w = (i + 0.5) / FREQUENCIES * Math.PI;
			final double gaussian = Math.exp(-w * w * variance / 2);
			frequencies[i] = w;
			// The smoothing of one axis goes with second derivatives along others, or comes before one along its own.
			weights[i] = (Math.exp(-w * w * smoothed * smoothed / 2) + ROUNDING) * (order == 0 ? w * w : 1);
			goal[i] = weights[i] * gaussian * Math.pow(w, order);
			rest[i] = order == 0 ? weights[i] * (1 - gaussian) : goal[i];
		}
		// Gram and Schmidt, one tap more at a time: the columns are basis times mixing, the goal's share is along each.
		final double[][] basis = new double[MOST_TAPS][], mixing = new double[MOST_TAPS][MOST_TAPS];
		final double[] along = new double[MOST_TAPS];
		final double bound = tolerance * norm(goal);
		int taps = 0;
		for (; taps < MOST_TAPS && norm(rest) > bound; taps++) {
			final double[] column = transfer(order, taps + 1, frequencies, weights);
			for (int i = 0; i < taps; i++)
				mixing[i][taps] = takeOff(column, basis[i]);
			mixing[taps][taps] = norm(column);
			for (int i = 0; i < FREQUENCIES; i++)
				column[i] /= mixing[taps][taps];
			basis[taps] = column;
			along[taps] = takeOff(rest, column);
		}
		final double[] half = new double[taps + 1];
		half[0] = order == 0 ? 1 : 0;
		for (int t = taps; t > 0; t--) {
			half[t] = along[t - 1];
			for (int later = t + 1; later <= taps; later++)
				half[t] -= mixing[t - 1][later - 1] * half[later];
			half[t] /= mixing[t - 1][t - 1];
			if (order != 1) half[0] -= 2 * half[t];
		}
		return half;
	}

	/** What the taps at one distance do to each frequency: odd ones as a whole, even ones less their part of tap 0. */
	private static double[] transfer(final int order, final int distance, final double[] frequencies,
		final double[] weights)
	{
		final double[] result = new double[FREQUENCIES];
		for (int i = 0; i < FREQUENCIES; i++) {
			final double phase = frequencies[i] * distance;
			result[i] = 2 * weights[i] * (order == 1 ? Math.sin(phase) : 1 - Math.cos(phase));
		}
		return result;
	}

	/** Makes a vector orthogonal to a unit vector; returns its part along it. */
	private static double takeOff(final double[] vector, final double[] unit) {
		double part = 0;
		for (int i = 0; i < FREQUENCIES; i++)
			part += vector[i] * unit[i];
		for (int i = 0; i < FREQUENCIES; i++)
			vector[i] -= part * unit[i];
		return part;
	}

	private static double norm(final double[] vector) {
		double sum = 0;
		for (final double value : vector)
			sum += value * value;
		return Math.sqrt(sum);
	}
}
