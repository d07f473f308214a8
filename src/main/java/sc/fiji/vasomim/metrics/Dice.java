package sc.fiji.vasomim.metrics;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

/** Dice's coefficient of two masks: 2 |A and B| / (|A| + |B|) (Dice, Ecology 26:297, 1945). */
public final class Dice {

	private Dice() {}

	/**
	 * @param prediction a mask; every pixel other than 0 belongs to it
	 * @param truth a mask of the same size, of any type
	 * @return 0..1; 1 if both are empty
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static double of(final RandomAccessibleInterval<? extends RealType<?>> prediction,
		final RandomAccessibleInterval<? extends RealType<?>> truth)
	{
		return Overlap.of(prediction, truth).dice();
	}

	/**
	 * The mean over the classes that are in the prediction or in the truth, as {@link LabelScores#macro}; of a mask, whose
	 * pixels are 0 or one other number in both images, its own.
	 *
	 * @param prediction class ids; 0 is background
	 * @param truth class ids, of the same size
	 * @return 0..1; 1 if both are empty
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static double macro(final RandomAccessibleInterval<? extends IntegerType<?>> prediction,
		final RandomAccessibleInterval<? extends IntegerType<?>> truth)
	{
		return Overlap.ofClasses(prediction, truth).values().stream().mapToDouble(Overlap::dice).average().orElse(1);
	}
}
