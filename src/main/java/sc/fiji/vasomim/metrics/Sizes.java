package sc.fiji.vasomim.metrics;

import java.util.Arrays;

import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/** What all measures ask of their two images. */
final class Sizes {

	private Sizes() {}

	static void requireEqual(final String nameA, final Interval a, final String nameB, final Interval b) {
		if (Intervals.equalDimensions(a, b)) return;
		throw new IllegalArgumentException(nameA + ": must have the size of " + nameB + ", " +
			Arrays.toString(b.dimensionsAsLongArray()) + ", but has " + Arrays.toString(a.dimensionsAsLongArray()));
	}
}
