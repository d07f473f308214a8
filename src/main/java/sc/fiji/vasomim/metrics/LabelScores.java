package sc.fiji.vasomim.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * The scores of one image with several classes.
 *
 * @param classes by class id, the classes that are in the prediction or in the truth, each against all others. A class
 *            in one of the two scores 0; one in neither is left out, since the 1 of two empty masks would tell of the
 *            number of classes rather than of the prediction
 */
public record LabelScores(SortedMap<Integer, MaskScores> classes) {

	public LabelScores {
		classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
	}

	/**
	 * @param prediction class ids, W x H; 0 is background
	 * @param truth class ids, of the same size
	 * @throws IllegalArgumentException if the sizes differ or the images are not 2D
	 */
	public static LabelScores of(final RandomAccessibleInterval<? extends IntegerType<?>> prediction,
		final RandomAccessibleInterval<? extends IntegerType<?>> truth)
	{
		final SortedMap<Integer, MaskScores> classes = new TreeMap<>();
		Overlap.ofClasses(prediction, truth).forEach((id, overlap) -> classes.put(id, MaskScores.of(overlap, ClDice.of(mask(
			prediction, id), mask(truth, id)))));
		return new LabelScores(classes);
	}

	private static RandomAccessibleInterval<UnsignedByteType> mask(
		final RandomAccessibleInterval<? extends IntegerType<?>> labels, final int id)
	{
		return Converters.convert(labels, (label, mask) -> mask.set(label.getInteger() == id ? 1 : 0),
			new UnsignedByteType());
	}

	/** The mean over the classes, each of equal weight; 1 in all if there is none, as both images are empty then. */
	public MaskScores macro() {
		if (classes.isEmpty()) return MaskScores.all(1);
		final ScoreStatistics statistics = new ScoreStatistics();
		classes.values().forEach(statistics::add);
		return statistics.mean();
	}
}
