package sc.fiji.vasomim.metrics;

import java.util.function.DoubleBinaryOperator;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * All measures of a predicted mask, in 0..1, or their means or standard deviations over some masks. {@link Overlap} and
 * {@link ClDice} say what they are, of empty masks too.
 */
public record MaskScores(double dice, double iou, double precision, double recall, double clDice,
	double topologyPrecision, double topologySensitivity)
{

	/**
	 * @param prediction a mask, W x H; every pixel other than 0 belongs to it
	 * @param truth a mask of the same size, of any type
	 * @throws IllegalArgumentException if the sizes differ or the masks are not 2D
	 */
	public static MaskScores of(final RandomAccessibleInterval<? extends RealType<?>> prediction,
		final RandomAccessibleInterval<? extends RealType<?>> truth)
	{
		return of(Overlap.of(prediction, truth), ClDice.of(prediction, truth));
	}

	static MaskScores of(final Overlap overlap, final ClDice clDice) {
		return new MaskScores(overlap.dice(), overlap.iou(), overlap.precision(), overlap.recall(), clDice.value(),
			clDice.topologyPrecision(), clDice.topologySensitivity());
	}

	static MaskScores all(final double value) {
		return new MaskScores(value, value, value, value, value, value, value);
	}

	/** Measure by measure. */
	MaskScores with(final MaskScores other, final DoubleBinaryOperator operator) {
		return new MaskScores(operator.applyAsDouble(dice, other.dice), //
			operator.applyAsDouble(iou, other.iou), //
			operator.applyAsDouble(precision, other.precision), //
			operator.applyAsDouble(recall, other.recall), //
			operator.applyAsDouble(clDice, other.clDice), //
			operator.applyAsDouble(topologyPrecision, other.topologyPrecision), //
			operator.applyAsDouble(topologySensitivity, other.topologySensitivity));
	}
}
