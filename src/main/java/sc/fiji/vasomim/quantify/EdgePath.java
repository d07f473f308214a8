package sc.fiji.vasomim.quantify;

/**
 * One edge of a dark vessel: of all paths along it that nowhere jump, that over which the grey level rises most,
 * outwards. The minimum-cost contour detection of quantitative coronary arteriography (Reiber et al., Circulation
 * 71:280, 1985) by dynamic programming; noise at a station cannot pull the edge away from its neighbours.
 */
final class EdgePath {

	/** Columns by which neighbouring stations may differ. */
	private static final int JUMP = 2;

	/** What a jump of a column costs, of the typical gradient. */
	private static final double STIFFNESS = 0.1;

	/** Gain of a place beyond the limits. */
	private static final double BEYOND = Double.NEGATIVE_INFINITY;

	private EdgePath() {}

	/**
	 * @param side 1: along the normal, -1: against it
	 * @param limits how far from the centreline the edge may be at each station, px
	 * @return distance of the edge from the centreline, px, 0 or more, with sub-column precision
	 */
	static double[] find(final StraightVessel vessel, final int side, final double[] limits) {
		final int n = vessel.size();
		final int columns = vessel.half();
		final double[][] gain = new double[n][columns];
		double typical = 0;
		for (int i = 0; i < n; i++) {
			double best = 0;
			for (int k = 0; k < columns; k++) {
				final double rise = side * vessel.gradient(i, side * k);
				gain[i][k] = k * StraightVessel.STEP > limits[i] ? BEYOND : Math.max(0, rise);
				best = Math.max(best, gain[i][k]);
			}
			typical += best / n;
		}
		final int[] path = best(gain, STIFFNESS * typical);
		final double[] edge = new double[n];
		for (int i = 0; i < n; i++)
			edge[i] = StraightVessel.STEP * (path[i] + peak(gain[i], path[i]));
		return edge;
	}

	/** Viterbi's algorithm. */
	private static int[] best(final double[][] gain, final double stiffness) {
		final int n = gain.length;
		final int columns = gain[0].length;
		final int[][] from = new int[n][columns];
		double[] sum = gain[0].clone();
		for (int i = 1; i < n; i++) {
			final double[] next = new double[columns];
			for (int k = 0; k < columns; k++) {
				int best = k;
				double most = Double.NEGATIVE_INFINITY;
				for (int j = Math.max(0, k - JUMP); j <= Math.min(columns - 1, k + JUMP); j++) {
					final double value = sum[j] - stiffness * Math.abs(k - j);
					if (value > most) {
						most = value;
						best = j;
					}
				}
				from[i][k] = best;
				next[k] = most + gain[i][k];
			}
			sum = next;
		}
		final int[] path = new int[n];
		for (int k = 1; k < columns; k++)
			if (sum[k] > sum[path[n - 1]]) path[n - 1] = k;
		for (int i = n - 1; i > 0; i--)
			path[i - 1] = from[i][path[i]];
		return path;
	}

	/** Of the parabola through a value and its neighbours: -0.5..0.5 columns; 0 if the value is no peak. */
	private static double peak(final double[] values, final int k) {
		if (k == 0 || k == values.length - 1 || values[k + 1] == BEYOND) return 0;
		final double curvature = values[k - 1] - 2 * values[k] + values[k + 1];
		if (curvature >= 0) return 0;
		return Math.max(-0.5, Math.min(0.5, (values[k - 1] - values[k + 1]) / (2 * curvature)));
	}
}
