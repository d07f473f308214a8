package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.dataset.CropPlan;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/**
 * Makes the batches of an epoch: which images and which crops of them, padded to the largest of the batch; resizing
 * is the device's work. All draws depend on (seed, epoch, image) alone. Images beyond
 * the last full batch of an epoch's order are left out in that epoch, as in the published code.
 */
final class BatchLoader {

	/**
	 * One batch on the device.
	 *
	 * @param indices which images of the cache
	 * @param image B x H x W bytes
	 * @param labels B x H x W bytes, 0 or 255 in masks
	 * @param box B x 4 floats: 0, 0, height, width of the crop in px
	 * @param flip B floats, 1 = mirrored
	 */
	record Batch(int[] indices, NDArray image, NDArray labels, NDArray box, NDArray flip) {}

	private final PixelCache cache;

	private final int batchSize;

	private final double minScale;

	private final long seed;

	private final EpochOrder order;

	BatchLoader(final PixelCache cache, final int batchSize, final double minScale, final long seed) {
		if (batchSize < 1 || batchSize > cache.size()) throw new IllegalArgumentException(
			"batch: must lie in 1.." + cache.size() + ", the number of images, but was " + batchSize);
		this.cache = cache;
		this.batchSize = batchSize;
		this.minScale = minScale;
		this.seed = seed;
		this.order = new EpochOrder(cache.size(), seed);
	}

	int batchesPerEpoch() {
		return cache.size() / batchSize;
	}

	/** Batch {@code iteration} of an epoch, owned by {@code scope}. */
	Batch load(final NDManager scope, final int epoch, final int iteration) throws IOException {
		final int[] indices = order.batch(epoch, iteration, batchSize);
		final CropPlan[] crops = new CropPlan[batchSize];
		for (int i = 0; i < batchSize; i++) {
			crops[i] = CropPlan.draw(new CounterRandom(seed, Purpose.CROP, epoch, indices[i]), cache.height(indices[i]),
				cache.width(indices[i]), minScale);
		}
		return batch(scope, cache, indices, crops);
	}

	/** Given images with given crops, padded to the largest of the crops. */
	static Batch batch(final NDManager scope, final PixelCache cache, final int[] indices, final CropPlan[] crops)
		throws IOException
	{
		final int height = Arrays.stream(crops).mapToInt(CropPlan::height).max().orElse(0);
		final int width = Arrays.stream(crops).mapToInt(CropPlan::width).max().orElse(0);
		final Shape shape = new Shape(indices.length, height, width);
		if (shape.size() > Integer.MAX_VALUE) throw new IllegalArgumentException("batch: " + indices.length + " crops of " +
			width + " x " + height + " px are more than 2 GiB. Use fewer, or smaller images.");
		final ByteBuffer images = bytes(shape);
		final ByteBuffer labels = bytes(shape);
		final float[] boxes = new float[4 * indices.length];
		final float[] flips = new float[indices.length];
		for (int i = 0; i < indices.length; i++) {
			final CropPlan crop = crops[i];
			copy(cache.image(indices[i]), cache.width(indices[i]), crop, images, i * height * width, width);
			copy(cache.labels(indices[i]), cache.width(indices[i]), crop, labels, i * height * width, width);
			boxes[4 * i + 2] = crop.height();
			boxes[4 * i + 3] = crop.width();
			flips[i] = crop.flip() ? 1 : 0;
		}
		return new Batch(indices, scope.create(images, shape, DataType.UINT8), scope.create(labels, shape, DataType.UINT8),
			scope.create(boxes, new Shape(indices.length, 4)), scope.create(flips));
	}

	private static ByteBuffer bytes(final Shape shape) {
		return ByteBuffer.allocateDirect(Math.toIntExact(shape.size())).order(ByteOrder.nativeOrder());
	}

	private static void copy(final byte[] pixels, final int rowLength, final CropPlan crop, final ByteBuffer into,
		final int start, final int targetRowLength)
	{
		for (int y = 0; y < crop.height(); y++)
			into.put(start + y * targetRowLength, pixels, (crop.top() + y) * rowLength + crop.left(), crop.width());
	}
}
