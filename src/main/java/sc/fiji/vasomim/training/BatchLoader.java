package sc.fiji.vasomim.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
 * is the device's work. All draws depend on (seed, epoch, image) alone. Images beyond the last full batch of an epoch's
 * order are left out in that epoch, as in the published code. Threads may share it.
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

	/**
	 * Some images of a batch, which a device takes at once.
	 *
	 * @param epoch 0-based
	 * @param iteration of the epoch, 0-based
	 * @param from first place in the batch
	 * @param to one after the last
	 */
	record Slice(int epoch, int iteration, int from, int to) {

		int size() {
			return to - from;
		}
	}

	/** The same as a {@link Batch}, in Java's memory. */
	record Pixels(int[] indices, int height, int width, ByteBuffer images, ByteBuffer labels, float[] boxes,
		float[] flips)
	{

		/** A copy owned by {@code scope}, on its device. */
		Batch to(final NDManager scope) {
			final Shape shape = new Shape(indices.length, height, width);
			return new Batch(indices, scope.create(images, shape, DataType.UINT8), scope.create(labels, shape,
				DataType.UINT8), scope.create(boxes, new Shape(indices.length, 4)), scope.create(flips));
		}
	}

	/** Images that a message names. */
	private static final int NAMED = 8;

	private final PixelCache cache;

	/** Those of the cache that are learnt from; null for all. */
	private final int[] chosen;

	private final int images;

	private final int batchSize;

	private final double minScale;

	private final long seed;

	private final EpochOrder order;

	/** Of all images. */
	BatchLoader(final PixelCache cache, final int batchSize, final double minScale, final long seed) {
		this(cache, 1, batchSize, minScale, seed);
	}

	/** @param share of the images, chosen by the seed: of the same seed, a smaller share is part of a larger one */
	BatchLoader(final PixelCache cache, final double share, final int batchSize, final double minScale,
		final long seed)
	{
		images = images(cache.size(), share, batchSize);
		chosen = share == 1 ? null : chosen(cache.size(), share, seed);
		this.cache = cache;
		this.batchSize = batchSize;
		this.minScale = minScale;
		this.seed = seed;
		this.order = new EpochOrder(images, seed);
	}

	/**
	 * How many images a share is, at least one.
	 *
	 * @throws IllegalArgumentException if they are fewer than a batch
	 */
	static int images(final int all, final double share, final int batchSize) {
		final int images = images(all, share);
		if (batchSize < 1 || batchSize > images) throw new IllegalArgumentException(
			"batch: must lie in 1.." + images + ", the number of images, but was " + batchSize);
		return images;
	}

	private static int images(final int all, final double share) {
		return Math.min(all, (int) Math.max(1, Math.round(share * all)));
	}

	/** Those of so many images that a share are. */
	static int[] chosen(final int all, final double share, final long seed) {
		return Arrays.copyOf(new CounterRandom(seed, Purpose.SPLIT, 0, 0).permutation(all), images(all, share));
	}

	/** Images of a batch that can be read at once, below 2 GiB, whatever the crops are. */
	int mostAtOnce() {
		final int[] all = chosen == null ? IntStream.range(0, images).toArray() : chosen;
		final long height = Arrays.stream(all).map(cache::height).max().orElse(1);
		final long width = Arrays.stream(all).map(cache::width).max().orElse(1);
		return (int) Math.max(1, Math.min(batchSize, Integer.MAX_VALUE / (height * width)));
	}

	int batchesPerEpoch() {
		return images / batchSize;
	}

	/** Batch {@code iteration} of an epoch, owned by {@code scope}. */
	Batch load(final NDManager scope, final int epoch, final int iteration) throws IOException {
		return read(new Slice(epoch, iteration, 0, batchSize)).to(scope);
	}

	Pixels read(final Slice slice) throws IOException {
		final int[] indices = indices(slice);
		final CropPlan[] crops = Arrays.stream(indices).mapToObj(i -> CropPlan.draw(new CounterRandom(seed, Purpose.CROP,
			slice.epoch, i), cache.height(i), cache.width(i), minScale)).toArray(CropPlan[]::new);
		return pixels(cache, indices, crops);
	}

	private int[] indices(final Slice slice) {
		final int[] batch = order.batch(slice.epoch, slice.iteration, batchSize);
		return Arrays.stream(batch, slice.from, slice.to).map(i -> chosen == null ? i : chosen[i]).toArray();
	}

	/** A batch in words, with names of images. */
	String describe(final int epoch, final int iteration) {
		final int[] batch = indices(new Slice(epoch, iteration, 0, batchSize));
		final String names = Arrays.stream(batch).limit(NAMED).mapToObj(cache::name).collect(Collectors.joining(", "));
		return "batch " + (iteration + 1) + " of epoch " + (epoch + 1) + " (" + names + (batch.length > NAMED ? ", ..." : "") +
			")";
	}

	/** Given images with given crops, padded to the largest of the crops. */
	static Batch batch(final NDManager scope, final PixelCache cache, final int[] indices, final CropPlan[] crops)
		throws IOException
	{
		return pixels(cache, indices, crops).to(scope);
	}

	private static Pixels pixels(final PixelCache cache, final int[] indices, final CropPlan[] crops)
		throws IOException
	{
		final int height = Arrays.stream(crops).mapToInt(CropPlan::height).max().orElse(0);
		final int width = Arrays.stream(crops).mapToInt(CropPlan::width).max().orElse(0);
		final Shape shape = new Shape(indices.length, height, width);
		if (shape.size() > Integer.MAX_VALUE) throw new IllegalArgumentException("batch: " + indices.length + " crops of " +
			width + " x " + height + " px are more than 2 GiB. Use a smaller batch, or smaller images.");
		final ByteBuffer images = bytes(shape);
		final ByteBuffer labels = bytes(shape);
		final float[] boxes = new float[4 * indices.length];
		final float[] flips = new float[indices.length];
		try {
			// A GPU eats thousands of images a second: one core could not copy so many.
			IntStream.range(0, indices.length).parallel().forEach(i -> {
				copy(cache, indices[i], crops[i], images, labels, i * height * width, width);
			});
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		for (int i = 0; i < indices.length; i++) {
			final CropPlan crop = crops[i];
			boxes[4 * i + 2] = crop.height();
			boxes[4 * i + 3] = crop.width();
			flips[i] = crop.flip() ? 1 : 0;
		}
		return new Pixels(indices, height, width, images, labels, boxes, flips);
	}

	private static ByteBuffer bytes(final Shape shape) {
		return ByteBuffer.allocateDirect(Math.toIntExact(shape.size())).order(ByteOrder.nativeOrder());
	}

	private static void copy(final PixelCache cache, final int index, final CropPlan crop, final ByteBuffer images,
		final ByteBuffer labels, final int start, final int targetRowLength)
	{
		try {
			copy(cache.image(index), cache.width(index), crop, images, start, targetRowLength);
			copy(cache.labels(index), cache.width(index), crop, labels, start, targetRowLength);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static void copy(final byte[] pixels, final int rowLength, final CropPlan crop, final ByteBuffer into,
		final int start, final int targetRowLength)
	{
		for (int y = 0; y < crop.height(); y++)
			into.put(start + y * targetRowLength, pixels, (crop.top() + y) * rowLength + crop.left(), crop.width());
	}
}
