package sc.fiji.vasomim.files;

import java.util.stream.IntStream;

import ij.ImageStack;

/**
 * How often each of the 65,536 values of 16-bit pixels occurs, so that long runs need neither a copy of their pixels in
 * float nor a sort of them all.
 */
final class ValueCounts {

	private final long[] counts = new long[1 << 16];

	private long total;

	/** @param stack 16-bit */
	ValueCounts(final ImageStack stack) {
		for (int slice = 1; slice <= stack.size(); slice++) {
			for (final short value : (short[]) stack.getPixels(slice)) counts[value & 0xffff]++;
			total += (long) stack.getWidth() * stack.getHeight();
		}
	}

	boolean has(final int value) {
		return counts[value] > 0;
	}

	/**
	 * Linear between the two nearest ranks, as NumPy's default.
	 *
	 * @param values what the pixels' values stand for, calibrated
	 * @param percents 0..100
	 */
	double[] percentiles(final float[] values, final double... percents) {
		final int[] ascending = IntStream.range(0, counts.length).filter(this::has).boxed()
			.sorted((a, b) -> Float.compare(values[a], values[b])).mapToInt(Integer::intValue).toArray();
		final double[] found = new double[percents.length];
		for (int i = 0; i < found.length; i++) {
			final double rank = percents[i] * (total - 1) / 100;
			final double below = ranked(ascending, values, (long) rank);
			final double above = ranked(ascending, values, Math.min((long) rank + 1, total - 1));
			found[i] = below + (rank - (long) rank) * (above - below);
		}
		return found;
	}

	private float ranked(final int[] ascending, final float[] values, final long rank) {
		long seen = 0;
		int i = 0;
		while (seen + counts[ascending[i]] <= rank) seen += counts[ascending[i++]];
		return values[ascending[i]];
	}
}
