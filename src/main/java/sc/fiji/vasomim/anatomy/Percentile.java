package sc.fiji.vasomim.anatomy;

/**
 * Percentiles as numpy's default, with linear interpolation. Floats of at least 0 are ordered as their bits are, so one
 * count of the upper half of the bits and one of the lower half find a value without sorting or copying.
 */
final class Percentile {

	private static final int HALF = 16, BINS = 1 << HALF;

	private Percentile() {}

	/**
	 * @param values at least one, finite, at least 0
	 * @param percentile 0..100
	 */
	static double linear(final float[] values, final double percentile) {
		final double position = percentile / 100 * (values.length - 1);
		final int k = (int) position;
		final int[] upper = new int[BINS];
		for (final float value : values)
			upper[Float.floatToRawIntBits(value) >>> HALF]++;
		final double low = select(values, upper, k);
		if (k == position) return low;
		final double high = select(values, upper, k + 1);
		// numpy interpolates from the nearer end, which rounds differently
		final double t = position - k;
		return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
	}

	/** The k-th smallest value, given how many there are of each upper half. */
	private static float select(final float[] values, final int[] upper, final int k) {
		final int[] lower = new int[BINS];
		int rank = k, top = 0, bottom = 0;
		for (; rank >= upper[top]; top++)
			rank -= upper[top];
		for (final float value : values) {
			final int bits = Float.floatToRawIntBits(value);
			if (bits >>> HALF == top) lower[bits & BINS - 1]++;
		}
		for (; rank >= lower[bottom]; bottom++)
			rank -= lower[bottom];
		return Float.intBitsToFloat(top << HALF | bottom);
	}
}
