package sc.fiji.vasomim.inference;

import java.util.Map;

import ai.djl.ndarray.NDManager;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** What a trained segmentor sees as vessel. Thread-safe; does not own the weights. */
public final class VesselProbability implements AutoCloseable {

	private final Weights segmentor;

	private final Script script;

	public VesselProbability(final Weights segmentor) {
		this.segmentor = segmentor;
		script = Script.load("unext", "Unext", Map.of("kind", Precision.FLOAT32.kind()), segmentor.device());
	}

	/**
	 * @param grey W x H, 0..255; both sides multiples of {@link Unext#STRIDE}
	 * @return W x H, 0..1
	 */
	public RandomAccessibleInterval<FloatType> of(final RandomAccessibleInterval<UnsignedByteType> grey) {
		for (int d = 0; d < 2; d++)
			if (grey.dimension(d) % Unext.STRIDE != 0) throw new IllegalArgumentException(
				"size: both sides must be multiples of " + Unext.STRIDE + " px, but one is " + grey.dimension(d));
		try (NDManager scope = Devices.newManager(segmentor.device())) {
			return Planes.toImage(script.call(scope, "probability", segmentor.all(), Planes.toTensor(scope, grey)).get(0));
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
