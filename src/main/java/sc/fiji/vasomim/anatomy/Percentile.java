package sc.fiji.vasomim.anatomy;

/** Percentiles as numpy's default, with linear interpolation. */
final class Percentile {

	private Percentile() {}

	/**
	 * @param values at least one, finite; their order is changed
	 * @param percentile 0..100
	 */
	static double linear(final float[] values, final double percentile) {
		final double position = percentile / 100 * (values.length - 1);
		final int k = (int) position;
		final double low = select(values, k);
		if (k == values.length - 1) return low;
		float high = Float.POSITIVE_INFINITY;
		for (int i = k + 1; i < values.length; i++)
			high = Math.min(high, values[i]);
		// numpy interpolates from the nearer end, which rounds differently
		final double t = position - k;
		return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
	}

	/** Hoare's selection: the k-th smallest value, smaller ones before it, larger ones behind. */
	private static float select(final float[] values, final int k) {
		int from = 0, to = values.length - 1;
		while (from < to) {
			final float pivot = values[(from + to) >>> 1];
			int i = from, j = to;
			while (i <= j) {
				while (values[i] < pivot)
					i++;
				while (values[j] > pivot)
					j--;
				if (i <= j) {
					final float swap = values[i];
					values[i++] = values[j];
					values[j--] = swap;
				}
			}
			if (k <= j) to = j;
			else if (k >= i) from = i;
			else break;
		}
		return values[k];
	}
}
