package sc.fiji.vasomim.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.dataset.BoxedImage;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.dataset.PlacedBoxes;
import sc.fiji.vasomim.dataset.ScaleJitter.Plan;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/**
 * Makes batches of whole images with their boxes and all random numbers of a pass; resizing is the device's work. All
 * draws depend on (seed, epoch, image) alone. Images beyond the last full batch of an epoch's order are left out in that
 * epoch.
 */
final class DetectionLoader {

	/**
	 * One batch on the device, as {@code detection.torchscript} takes it.
	 *
	 * @param image B x H x W bytes, padded to the largest
	 * @param source B x 2: heights and widths
	 * @param target B x 2: those after resizing
	 * @param shift B x 2: first row and column of the cut
	 * @param flip B
	 * @param boxes of each image, G x 4
	 * @param labels of each image, G class numbers from 0
	 * @param ignored of each image, I x 4: neither to be found nor background
	 * @param anchorNoise B x A
	 * @param regionNoise B x (proposals + the most boxes)
	 * @param branches of {@link DropPath}
	 */
	record Batch(NDArray image, NDArray source, NDArray target, NDArray shift, NDArray flip, List<NDArray> boxes,
		List<NDArray> labels, List<NDArray> ignored, NDArray anchorNoise, NDArray regionNoise, NDArray branches)
	{}

	private final List<BoxedImage> images;

	private final DetectionSettings settings;

	private final EpochOrder order;

	DetectionLoader(final BoxedImages data, final DetectionSettings settings) {
		if (settings.batch() > data.images().size()) throw new IllegalArgumentException("batch: must lie in 1.." + data
			.images().size() + ", the number of images, but was " + settings.batch());
		data.requireClasses("data", settings.network().classes());
		this.images = data.images();
		this.settings = settings;
		order = new EpochOrder(images.size(), settings.seed());
	}

	int batchesPerEpoch() {
		return images.size() / settings.batch();
	}

	/** Batch {@code iteration} of an epoch, owned by {@code scope}. */
	Batch load(final NDManager scope, final int epoch, final int iteration) {
		final int[] indices = order.batch(epoch, iteration, settings.batch());
		final int size = settings.network().size();
		final int b = indices.length;
		final float[] source = new float[2 * b], target = new float[2 * b], shift = new float[2 * b], flip = new float[b];
		final List<NDArray> boxes = new ArrayList<>(), labels = new ArrayList<>(), ignored = new ArrayList<>();
		int most = 0;
		for (int i = 0; i < b; i++) {
			final BoxedImage image = images.get(indices[i]);
			final Plan plan = settings.jitter().draw(new CounterRandom(settings.seed(), Purpose.AUGMENTATION, epoch,
				indices[i]), image.height(), image.width(), size);
			put(source, i, image.height(), image.width());
			put(target, i, plan.height(), plan.width());
			put(shift, i, plan.top(), plan.left());
			flip[i] = plan.flip() ? 1 : 0;
			final PlacedBoxes truth = PlacedBoxes.of(image, plan);
			boxes.add(scope.create(truth.corners(), new Shape(truth.count(), 4)));
			labels.add(scope.create(truth.classes()));
			ignored.add(scope.create(truth.ignored(), new Shape(truth.ignored().length / 4, 4)));
			most = Math.max(most, truth.count());
		}
		final int anchors = settings.network().anchors();
		final int regions = settings.network().counts().proposals() + most;
		final float[][] noise = noise(epoch, indices, anchors, regions);
		final Shape pairs = new Shape(b, 2);
		return new Batch(pixels(scope, indices), scope.create(source, pairs), scope.create(target, pairs), scope.create(
			shift, pairs), scope.create(flip), boxes, labels, ignored, scope.create(noise[0], new Shape(b, anchors)), scope.create(
				noise[1], new Shape(b, regions)), settings.finetuning().branches(scope, settings.seed(), epoch, indices, settings
					.network().depth()));
	}

	private static void put(final float[] pairs, final int i, final int row, final int column) {
		pairs[2 * i] = row;
		pairs[2 * i + 1] = column;
	}

	/** B x anchors and B x regions, an image's numbers from one stream. */
	private float[][] noise(final int epoch, final int[] indices, final int anchors, final int regions) {
		final float[] forAnchors = new float[indices.length * anchors];
		final float[] forRegions = new float[indices.length * regions];
		for (int i = 0; i < indices.length; i++) {
			final CounterRandom random = new CounterRandom(settings.seed(), Purpose.NOISE, epoch, indices[i]);
			for (int j = 0; j < anchors; j++)
				forAnchors[i * anchors + j] = random.nextFloat();
			for (int j = 0; j < regions; j++)
				forRegions[i * regions + j] = random.nextFloat();
		}
		return new float[][] { forAnchors, forRegions };
	}

	private NDArray pixels(final NDManager scope, final int[] indices) {
		int height = 0, width = 0;
		for (final int index : indices) {
			height = Math.max(height, images.get(index).height());
			width = Math.max(width, images.get(index).width());
		}
		final Shape shape = new Shape(indices.length, height, width);
		final ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(shape.size())).order(ByteOrder.nativeOrder());
		for (int i = 0; i < indices.length; i++) {
			final BoxedImage image = images.get(indices[i]);
			for (int y = 0; y < image.height(); y++)
				bytes.put((i * height + y) * width, image.pixels(), y * image.width(), image.width());
		}
		return scope.create(bytes, shape, DataType.UINT8);
	}
}
