package sc.fiji.vasomim;

import java.util.Arrays;

/** Pearson's test of counts against expected counts. */
public final class ChiSquared {

	/** The standard normal quantile of 0.999. */
	private static final double Z = 3.090232;

	private ChiSquared() {}

	public static double statistic(final double[] expected, final long[] counts) {
		double sum = 0;
		for (int i = 0; i < counts.length; i++)
			sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
		return sum;
	}

	/** Whether the counts may come from the expected distribution, p > 0.001 (Wilson and Hilferty 1931). */
	public static boolean fits(final double[] expected, final long[] counts) {
		final double k = counts.length - 1;
		return statistic(expected, counts) < k * Math.pow(1 - 2 / (9 * k) + Z * Math.sqrt(2 / (9 * k)), 3);
	}

	/** The same for equally likely cells. */
	public static boolean isUniform(final long[] counts) {
		final double[] expected = new double[counts.length];
		Arrays.fill(expected, Arrays.stream(counts).sum() / (double) counts.length);
		return fits(expected, counts);
	}
}
