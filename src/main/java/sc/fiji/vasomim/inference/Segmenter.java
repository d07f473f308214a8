package sc.fiji.vasomim.inference;

import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.ndarray.NDManager;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** Finds vessels in whole images with a trained network. Thread-safe; does not own the weights. */
public final class Segmenter implements AutoCloseable {

	private static final float VESSEL = 0.5f;

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
		final long longer = Math.max(grey.dimension(0), grey.dimension(1));
		try (NDManager scope = Devices.newManager(weights.device())) {
			return Planes.toImage(script.call(scope, "probability", weights.all(), Planes.toTensor(scope, grey), side(grey
				.dimension(1), longer), side(grey.dimension(0), longer)).get(0).get(":, 0"));
		}
	}

	/** The nearest multiple of the stride, at least one. */
	private int side(final long side, final long longer) {
		final double scaled = (double) side * network.size() / longer;
		return network.stride() * (int) Math.max(1, Math.round(scaled / network.stride()));
	}

	/** W x H, 255 where vessel is at least as likely as not. */
	public RandomAccessibleInterval<UnsignedByteType> mask(final RandomAccessibleInterval<UnsignedByteType> grey) {
		final byte[] mask = new byte[(int) (grey.dimension(0) * grey.dimension(1))];
		int i = 0;
		for (final FloatType p : Views.flatIterable(probability(grey)))
			mask[i++] = (byte) (p.get() >= VESSEL ? 255 : 0);
		return ArrayImgs.unsignedBytes(mask, grey.dimension(0), grey.dimension(1));
	}

	@Override
	public void close() {
		script.close();
	}
}
