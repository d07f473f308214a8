package sc.fiji.vasomim.vesselness;

import java.util.Arrays;
import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.BooleanType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/** Where results are wanted: of a plane or volume, the same in all frames. Intervals here count from 0. */
final class Region {

	private final RandomAccessibleInterval<? extends BooleanType<?>> mask;

	/** Bounding box of what is inside. */
	private final Interval box;

	/** Pixels inside, of one frame. */
	private long count;

	/** @throws IllegalArgumentException if nothing is inside */
	Region(final RandomAccessibleInterval<? extends BooleanType<?>> mask) {
		this.mask = Views.zeroMin(mask);
		final int n = mask.numDimensions();
		final long[] min = mask.dimensionsAsLongArray(), max = new long[n];
		Arrays.fill(max, -1);
		final Cursor<? extends BooleanType<?>> cursor = this.mask.localizingCursor();
		while (cursor.hasNext()) {
			if (!cursor.next().get()) continue;
			count++;
			for (int axis = 0; axis < n; axis++) {
				min[axis] = Math.min(min[axis], cursor.getLongPosition(axis));
				max[axis] = Math.max(max[axis], cursor.getLongPosition(axis));
			}
		}
		if (count == 0) throw new IllegalArgumentException("the region must hold a pixel or more, but is empty");
		box = new FinalInterval(min, max);
	}

	/** The part of a plane or volume that the kernels read for the pixels inside. */
	Interval read(final List<ScaleStep> steps) {
		final long[] reach = new long[mask.numDimensions()];
		for (int axis = 0; axis < reach.length; axis++)
			reach[axis] = ScaleStep.reach(steps, axis);
		return Intervals.intersect(Intervals.expand(box, reach), mask);
	}

	/** This region as one of that part. */
	Region of(final Interval part) {
		return new Region(crop(mask, part));
	}

	/** The part of an image, in all frames, in the image's own coordinates. */
	static <T> RandomAccessibleInterval<T> crop(final RandomAccessibleInterval<T> image, final Interval part) {
		final long[] min = image.minAsLongArray(), max = image.maxAsLongArray();
		for (int axis = 0; axis < part.numDimensions(); axis++) {
			max[axis] = min[axis] + part.max(axis);
			min[axis] += part.min(axis);
		}
		return Views.interval(image, min, max);
	}

	/** Pixels inside, of all frames of an image. */
	long count(final RandomAccessibleInterval<?> image) {
		return Intervals.numElements(image) / Intervals.numElements(mask) * count;
	}

	/** Sets what is outside to 0 in all frames. */
	void clearOutside(final RandomAccessibleInterval<FloatType> image) {
		final Cursor<FloatType> cursor = Views.flatIterable(image).cursor();
		while (cursor.hasNext())
			for (final BooleanType<?> inside : Views.flatIterable(mask)) {
				final FloatType pixel = cursor.next();
				if (!inside.get()) pixel.setZero();
			}
	}
}
