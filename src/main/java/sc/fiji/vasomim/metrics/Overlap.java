package sc.fiji.vasomim.metrics;

import java.util.SortedMap;
import java.util.TreeMap;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * How a predicted mask and the true one cover each other, in px. All ratios lie in 0..1. They are 1 if both masks are
 * empty; else a ratio over 0 is 0, scikit-learn's default, so that one empty mask alone scores 0 in all.
 *
 * @param truePositives in both masks
 * @param falsePositives in the prediction alone
 * @param falseNegatives in the truth alone
 */
public record Overlap(long truePositives, long falsePositives, long falseNegatives) {

	/**
	 * @param prediction a mask; every pixel other than 0 belongs to it
	 * @param truth a mask of the same size, of any type
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static Overlap of(final RandomAccessibleInterval<? extends RealType<?>> prediction,
		final RandomAccessibleInterval<? extends RealType<?>> truth)
	{
		Sizes.requireEqual("prediction", prediction, "truth", truth);
		final Cursor<? extends RealType<?>> other = Views.flatIterable(truth).cursor();
		long both = 0, predicted = 0, positive = 0;
		for (final RealType<?> pixel : Views.flatIterable(prediction)) {
			final boolean inPrediction = pixel.getRealDouble() != 0;
			final boolean inTruth = other.next().getRealDouble() != 0;
			if (inPrediction) predicted++;
			if (inTruth) positive++;
			if (inPrediction && inTruth) both++;
		}
		return new Overlap(both, predicted - both, positive - both);
	}

	/**
	 * Of class ids, each class against all others, in one pass.
	 *
	 * @param prediction class ids; 0 is background
	 * @param truth class ids, of the same size
	 * @return by class id, of the classes that are in the prediction or in the truth
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static SortedMap<Integer, Overlap> ofClasses(final RandomAccessibleInterval<? extends IntegerType<?>> prediction,
		final RandomAccessibleInterval<? extends IntegerType<?>> truth)
	{
		Sizes.requireEqual("prediction", prediction, "truth", truth);
		final SortedMap<Integer, long[]> counts = new TreeMap<>();
		final Cursor<? extends IntegerType<?>> other = Views.flatIterable(truth).cursor();
		for (final IntegerType<?> pixel : Views.flatIterable(prediction)) {
			final int predicted = pixel.getInteger(), positive = other.next().getInteger();
			if (predicted == positive) count(counts, predicted, 0);
			else {
				count(counts, predicted, 1);
				count(counts, positive, 2);
			}
		}
		final SortedMap<Integer, Overlap> classes = new TreeMap<>();
		counts.forEach((id, n) -> classes.put(id, new Overlap(n[0], n[1], n[2])));
		return classes;
	}

	private static void count(final SortedMap<Integer, long[]> counts, final int id, final int which) {
		if (id != 0) counts.computeIfAbsent(id, i -> new long[3])[which]++;
	}

	/** 2 TP / (2 TP + FP + FN), the DSC. */
	public double dice() {
		return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
	}

	/** Intersection over union, TP / (TP + FP + FN). */
	public double iou() {
		return ratio(truePositives, truePositives + falsePositives + falseNegatives);
	}

	/** TP / (TP + FP). */
	public double precision() {
		return ratio(truePositives, truePositives + falsePositives);
	}

	/** TP / (TP + FN), the sensitivity. */
	public double recall() {
		return ratio(truePositives, truePositives + falseNegatives);
	}

	private double ratio(final long part, final long whole) {
		if (whole > 0) return (double) part / whole;
		return truePositives + falsePositives + falseNegatives == 0 ? 1 : 0;
	}
}
