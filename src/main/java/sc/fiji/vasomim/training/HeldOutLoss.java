package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.dataset.CropPlan;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.BatchLoader.Batch;

/**
 * The reconstruction loss on images that were not trained on: whole images, given masks.
 *
 * @param reconstruction the autoencoder's, over the hidden patches
 * @param constant that of the best single patch, used for every hidden patch: what must be beaten
 */
public record HeldOutLoss(double reconstruction, double constant) {

	/**
	 * @param images the images, as many as masks
	 * @param masks the hidden patches of each; all hide equally many
	 */
	public static HeldOutLoss of(final PretrainingSettings settings, final Weights weights, final PixelCache images,
		final List<PatchMask> masks) throws IOException
	{
		final int[] indices = IntStream.range(0, images.size()).toArray();
		final CropPlan[] whole = Arrays.stream(indices).mapToObj(i -> CropPlan.whole(images.height(i), images.width(i)))
			.toArray(CropPlan[]::new);
		final long[] visible = masks.stream().flatMapToLong(mask -> Arrays.stream(mask.visible())).toArray();
		try (Script script = Pretrainer.script(settings, Precision.parse(settings.precision(), weights.device()), weights
			.device());
				NDManager scope = Devices.newManager(weights.device()))
		{
			final Batch batch = BatchLoader.batch(scope, images, indices, whole);
			final NDArray keep = scope.create(visible, new Shape(masks.size(), visible.length / masks.size()));
			final float[] losses = script.call(scope, "evaluate", weights.all(), batch.image(), batch.box(), keep).get(0)
				.toFloatArray();
			return new HeldOutLoss(losses[0], losses[1]);
		}
	}
}
