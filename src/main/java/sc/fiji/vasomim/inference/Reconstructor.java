package sc.fiji.vasomim.inference;

import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** Lets a pre-trained autoencoder fill in hidden patches. Does not own the weights. */
public final class Reconstructor implements AutoCloseable {

	/** What every picture of a reconstruction must say, because the network predicts normalised patches only. */
	public static final String CAVEAT = "patch mean and contrast taken from the original";

	private final Weights weights;

	private final MaskedAutoencoder network;

	private final Script script;

	/** @throws IllegalArgumentException if the weights are not a masked autoencoder's */
	public Reconstructor(final Weights weights) {
		if (!(weights.network() instanceof MaskedAutoencoder)) throw new IllegalArgumentException(
			"model: must be a masked autoencoder, but is " + weights.network().architecture());
		this.weights = weights;
		network = (MaskedAutoencoder) weights.network();
		script = Script.load("mae", "MaskedAutoencoder", Map.of("depth", network.depth(), "heads", network.heads(),
			"decoder_depth", network.decoderDepth(), "decoder_heads", network.decoderHeads(), "kind", Precision.FLOAT32
				.kind()), weights.device());
	}

	public MaskedAutoencoder network() {
		return network;
	}

	/**
	 * @param grey S x S, 0..255, of the network's input size
	 * @param visible the patches that the encoder sees, numbers in raster order, ascending
	 * @return S x S: every patch as decoded, the visible ones too, each with the mean and contrast of the original patch
	 */
	public RandomAccessibleInterval<UnsignedByteType> decode(final RandomAccessibleInterval<UnsignedByteType> grey,
		final long[] visible)
	{
		if (grey.dimension(0) != network.size() || grey.dimension(1) != network.size()) throw new IllegalArgumentException(
			"image: must be " + network.size() + " x " + network.size() + " px, but is " + grey.dimension(0) + " x " + grey
				.dimension(1));
		if (visible.length == 0 || visible[visible.length - 1] >= network.patches()) throw new IllegalArgumentException(
			"visible: must name at least one of the " + network.patches() + " patches");
		try (NDManager scope = Devices.newManager(weights.device())) {
			final NDArray keep = scope.create(visible, new Shape(1, visible.length));
			return Planes.toBytes(script.call(scope, "reconstruct", weights.all(), Planes.toTensor(scope, grey), keep).get(
				0));
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
