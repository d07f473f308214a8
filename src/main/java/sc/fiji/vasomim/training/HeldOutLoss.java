package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.dataset.CropPlan;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.guidance.MaskNoise;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.BatchLoader.Batch;

/**
 * The reconstruction loss on images that were not trained on: whole images, fixed uniform masks.
 *
 * @param reconstruction the autoencoder's, over the hidden patches
 * @param constant that of the best single patch, used for every hidden patch: what must be beaten
 */
public record HeldOutLoss(double reconstruction, double constant) {

	/** @param seed of the masks; image i of the cache gets the same mask in every call */
	public static HeldOutLoss of(final PretrainingSettings settings, final Weights weights, final PixelCache images,
		final long seed) throws IOException
	{
		final int[] indices = IntStream.range(0, images.size()).toArray();
		final CropPlan[] whole = Arrays.stream(indices).mapToObj(i -> CropPlan.whole(images.height(i), images.width(i)))
			.toArray(CropPlan[]::new);
		final int patches = settings.network().patches();
		try (Script script = Pretrainer.script(settings, weights.device());
				NDManager scope = Devices.newManager(weights.device()))
		{
			final Batch batch = BatchLoader.batch(scope, images, indices, whole);
			final float[] losses = script.call(scope, "evaluate", weights.all(), batch.image(), batch.box(), MaskNoise.draw(
				scope, seed, 0, indices, patches), settings.masking().hidden(patches)).get(0).toFloatArray();
			return new HeldOutLoss(losses[0], losses[1]);
		}
	}
}
