package sc.fiji.vasomim.vesselness;

import java.util.Arrays;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

/** Sorted absolute differences between an image and what it should be. */
final class Errors {

	private final float[] sorted;

	/** @param margin px at the border that are not compared */
	Errors(final float[] expected, final float[] actual, final int width, final int margin) {
		final int height = expected.length / width;
		sorted = new float[(width - 2 * margin) * (height - 2 * margin)];
		int i = 0;
		for (int y = margin; y < height - margin; y++)
			for (int x = margin; x < width - margin; x++)
				sorted[i++] = Math.abs(expected[y * width + x] - actual[y * width + x]);
		Arrays.sort(sorted);
	}

	static Errors of(final Fixture expected, final Img<FloatType> actual, final int margin) {
		return new Errors(expected.values(), values(actual), expected.width(), margin);
	}

	/** Of arrays of any shape. */
	static Errors of(final Fixture expected, final Fixture actual) {
		return new Errors(expected.values(), actual.values(), expected.values().length, 0);
	}

	static float[] values(final Img<FloatType> image) {
		return ((FloatArray) ((ArrayImg<FloatType, ?>) image).update(null)).getCurrentStorageArray();
	}

	float max() {
		return sorted[sorted.length - 1];
	}

	float quantile(final double q) {
		return sorted[(int) (q * (sorted.length - 1))];
	}

	/** The share of pixels that err by more than a limit. */
	double shareAbove(final double limit) {
		int count = 0;
		for (final float error : sorted)
			if (error > limit) count++;
		return count / (double) sorted.length;
	}

	double rms() {
		double sum = 0;
		for (final float error : sorted)
			sum += error * error;
		return Math.sqrt(sum / sorted.length);
	}
}
