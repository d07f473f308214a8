package sc.fiji.vasomim.inference;

import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** Finds vessels in whole images with a trained network. Thread-safe; does not own the weights. */
public final class Segmenter implements AutoCloseable {

	private final Weights weights;

	private final SegmentationNetwork network;

	private final Script script;

	/** @param weights of a {@link SegmentationNetwork} */
	public Segmenter(final Weights weights, final Precision precision) {
		this.weights = weights;
		network = (SegmentationNetwork) weights.network();
		final Map<String, Object> attributes = new LinkedHashMap<>(network.scriptAttributes());
		attributes.put("kind", precision.kind());
		script = Script.load("segmentation", "Segmentation", attributes, weights.device());
	}

	/**
	 * The network sees the whole image with its longer side brought to the size that it was trained on; its answer is
	 * brought back to the image's size.
	 *
	 * @param grey W x H of any size, 0..255
	 * @return W x H, the probability of vessel, 0..1
	 */
	public RandomAccessibleInterval<FloatType> probability(final RandomAccessibleInterval<UnsignedByteType> grey) {
		try (NDManager scope = Devices.newManager(weights.device())) {
			return Planes.toImage(probabilities(scope, grey).get(":, 0"));
		}
	}

	/** @return 1 x K x H x W */
	private NDArray probabilities(final NDManager scope, final RandomAccessibleInterval<UnsignedByteType> grey) {
		final long longer = Math.max(grey.dimension(0), grey.dimension(1));
		return script.call(scope, "probability", weights.all(), Planes.toTensor(scope, grey), side(grey.dimension(1),
			longer), side(grey.dimension(0), longer)).get(0);
	}

	/** The nearest multiple of the stride, at least one. */
	private int side(final long side, final long longer) {
		final double scaled = (double) side * network.size() / longer;
		return network.stride() * (int) Math.max(1, Math.round(scaled / network.stride()));
	}

	/**
	 * What each pixel belongs to.
	 *
	 * @param grey W x H of any size, 0..255
	 * @param threshold of one class: least probability of a vessel's pixel. Of several classes, the most probable counts
	 * @return W x H: 0 and 255 of one class, else class numbers, 0 being the background
	 */
	public RandomAccessibleInterval<UnsignedByteType> labels(final RandomAccessibleInterval<UnsignedByteType> grey,
		final double threshold)
	{
		try (NDManager scope = Devices.newManager(weights.device())) {
			final NDArray probabilities = probabilities(scope, grey);
			final NDArray labels = network.outputs() > 1 ? probabilities.argMax(1) : probabilities.get(":, 0").gte(threshold)
				.toType(DataType.FLOAT32, false).mul(255);
			return Planes.toBytes(labels.toType(DataType.FLOAT32, false));
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
