package sc.fiji.vasomim.training;

import java.io.IOException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.CropPlan;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/**
 * Makes batches of whole images with what is to be changed at random; the changing is the device's work. All draws
 * depend on (seed, epoch, image) alone. Images beyond the last full batch of an epoch's order are left out in that epoch.
 */
final class SegmentationLoader {

	/** Standard deviation of the sum of four bytes. */
	private static final double FOUR_BYTES = Math.sqrt(4 * (256.0 * 256 - 1) / 12);

	/**
	 * One batch on the device.
	 *
	 * @param images bytes, labels and boxes
	 * @param affine B x 2 x 3, from output to the squeezed image's coordinates, both in -1..1; shapes are kept
	 * @param tone B x 3: gamma, gain, offset
	 * @param noise B x S x S
	 * @param branches of {@link DropPath}
	 */
	record Batch(BatchLoader.Batch images, NDArray affine, NDArray tone, NDArray noise, NDArray branches) {}

	private final PixelCache cache;

	private final SegmentationSettings settings;

	private final EpochOrder order;

	SegmentationLoader(final PixelCache cache, final SegmentationSettings settings) {
		requireBatch(settings.batch(), cache.size());
		this.cache = cache;
		this.settings = settings;
		order = new EpochOrder(cache.size(), settings.seed());
	}

	static void requireBatch(final int batch, final int images) {
		if (batch > images) throw new IllegalArgumentException("batch: must lie in 1.." + images +
			", the number of images, but was " + batch);
	}

	int batchesPerEpoch() {
		return cache.size() / settings.batch();
	}

	/** Batch {@code iteration} of an epoch, owned by {@code scope}. */
	Batch load(final NDManager scope, final int epoch, final int iteration) throws IOException {
		final int[] indices = order.batch(epoch, iteration, settings.batch());
		final CropPlan[] whole = new CropPlan[indices.length];
		final float[] affine = new float[6 * indices.length];
		final float[] tone = new float[3 * indices.length];
		final int size = settings.network().size();
		final float[] noise = new float[size * size * indices.length];
		for (int i = 0; i < indices.length; i++) {
			whole[i] = CropPlan.whole(cache.height(indices[i]), cache.width(indices[i]));
			final Augmentation.Plan plan = settings.augmentation().draw(new CounterRandom(settings.seed(),
				Purpose.AUGMENTATION, epoch, indices[i]));
			System.arraycopy(plan.affine(cache.height(indices[i]), cache.width(indices[i])), 0, affine, 6 * i, 6);
			tone[3 * i] = plan.gamma();
			tone[3 * i + 1] = plan.gain();
			tone[3 * i + 2] = plan.offset();
			if (plan.noise() > 0) noise(new CounterRandom(settings.seed(), Purpose.NOISE, epoch, indices[i]), plan.noise(),
				noise, i * size * size, (i + 1) * size * size);
		}
		final int b = indices.length;
		return new Batch(BatchLoader.batch(scope, cache, indices, whole), scope.create(affine, new Shape(b, 2, 3)), scope
			.create(tone, new Shape(b, 3)), scope.create(noise, new Shape(b, size, size)), settings.finetuning().branches(
				scope, settings.seed(), epoch, indices, settings.network().depth()));
	}

	/** Nearly normal, from one draw a pixel: the sum of its four bytes. */
	private static void noise(final CounterRandom random, final float sigma, final float[] into, final int from,
		final int to)
	{
		for (int i = from; i < to; i++) {
			final int bits = random.nextInt();
			final int sum = (bits & 255) + (bits >>> 8 & 255) + (bits >>> 16 & 255) + (bits >>> 24);
			into[i] = (float) ((sum - 510) / FOUR_BYTES * sigma);
		}
	}
}
