package sc.fiji.vasomim.files;

import java.util.function.LongToDoubleFunction;
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

	long total() {
		return total;
	}

	/**
	 * @param values what the pixels' values stand for, calibrated
	 * @return by rank, from 0 to total - 1, the pixels' calibrated values, ascending
	 */
	LongToDoubleFunction ranked(final float[] values) {
		final int[] ascending = IntStream.range(0, counts.length).filter(this::has).boxed()
			.sorted((a, b) -> Float.compare(values[a], values[b])).mapToInt(Integer::intValue).toArray();
		return rank -> {
			long seen = 0;
			int i = 0;
			while (seen + counts[ascending[i]] <= rank) seen += counts[ascending[i++]];
			return values[ascending[i]];
		};
	}
}
