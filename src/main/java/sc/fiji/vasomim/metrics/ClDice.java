package sc.fiji.vasomim.metrics;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.vasomim.skeleton.Skeleton;

/**
 * Dice on centrelines (Shit, Paetzold et al., CVPR 2021), of masks and their skeletons, equal to what the authors'
 * {@code jocpae/clDice} computes with scikit-image; that code exchanges the names of the two shares, here they are the
 * paper's. Where it divides by 0, all is 1 if both masks are empty, and 0 otherwise.
 *
 * @param topologyPrecision share of the prediction's skeleton within the true mask, 0..1
 * @param topologySensitivity share of the truth's skeleton within the predicted mask, 0..1
 */
public record ClDice(double topologyPrecision, double topologySensitivity) {

	/**
	 * @param prediction a mask, W x H; every pixel other than 0 belongs to it
	 * @param truth a mask of the same size, of any type
	 * @throws IllegalArgumentException if the sizes differ or the masks are not 2D
	 */
	public static ClDice of(final RandomAccessibleInterval<? extends RealType<?>> prediction,
		final RandomAccessibleInterval<? extends RealType<?>> truth)
	{
		Sizes.requireEqual("prediction", prediction, "truth", truth);
		return new ClDice(Overlap.of(Skeleton.of(prediction), truth).precision(), //
			Overlap.of(Skeleton.of(truth), prediction).precision());
	}

	/** The harmonic mean of topology precision and sensitivity; 0 if both are 0. */
	public double value() {
		final double sum = topologyPrecision + topologySensitivity;
		return sum == 0 ? 0 : 2 * topologyPrecision * topologySensitivity / sum;
	}
}
