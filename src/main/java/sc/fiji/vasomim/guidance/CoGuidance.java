package sc.fiji.vasomim.guidance;

import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.inference.NetworkInput;
import sc.fiji.vasomim.inference.VesselProbability;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Script;

/**
 * VasoMIM's guidance and masks for single images, computed by the code that masks the training batches. Does not own
 * the weights. Not thread-safe.
 */
public final class CoGuidance implements AutoCloseable {

	private final int grid;

	private final Device device;

	private final NetworkInput input;

	private final VesselProbability segmentor;

	private final Script script;

	/**
	 * @param segmentor trained weights
	 * @param size side of the network's input in px, a multiple of 32 and of the patch side
	 * @param patch patch side in px
	 * @param eta weight of the filter's mask against the segmentor's probability, 0..1
	 */
	public CoGuidance(final Weights segmentor, final int size, final int patch, final double eta) {
		if (!(eta >= 0 && eta <= 1)) throw new IllegalArgumentException("eta: must lie in 0..1, but was " + eta +
			"; the paper uses 0.5");
		if (size <= 0 || size % patch != 0 || size % Unext.STRIDE != 0) throw new IllegalArgumentException(
			"size: must be a multiple of " + Unext.STRIDE + " and of the patch side " + patch + " px, but was " + size);
		this.grid = size / patch;
		this.device = segmentor.device();
		this.input = new NetworkInput(size, device);
		this.segmentor = new VesselProbability(segmentor);
		this.script = Script.load("masking", "Masking", Map.of("patch", patch, "eta", eta), device);
	}

	/**
	 * @param grey W x H of any size, 0..255
	 * @param anatomy its vascular mask, 0 or 255
	 */
	public PatchGuidance guide(final RandomAccessibleInterval<UnsignedByteType> grey,
		final RandomAccessibleInterval<UnsignedByteType> anatomy)
	{
		final RandomAccessibleInterval<UnsignedByteType> image = input.image(grey);
		final RandomAccessibleInterval<UnsignedByteType> mask = input.mask(anatomy);
		final RandomAccessibleInterval<FloatType> probability = segmentor.of(image);
		try (NDManager scope = Devices.newManager(device)) {
			final NDArray filter = Planes.toTensor(scope, mask).toType(DataType.FLOAT32, false).div(255);
			final NDList guidance = script.call(scope, "distribution", filter, Planes.floatsToTensor(scope, probability));
			return new PatchGuidance(image, mask, probability, Planes.toImage(guidance.get(0)), grid, guidance.get(1)
				.toFloatArray());
		}
	}

	/**
	 * The mask that pre-training would use in an epoch.
	 *
	 * @param epoch 0-based
	 * @param image the image's number in its data set
	 */
	public PatchMask sample(final PatchGuidance guidance, final MaskSchedule schedule, final int epoch, final int epochs,
		final long seed, final int image)
	{
		final int patches = grid * grid;
		try (NDManager scope = Devices.newManager(device)) {
			final NDArray distribution = scope.create(guidance.distribution(), new Shape(1, patches));
			final NDList sampled = script.call(scope, "sample", distribution, MaskNoise.draw(scope, seed, epoch, new int[] {
				image }, patches), schedule.hidden(patches), schedule.guided(patches, epoch, epochs));
			return new PatchMask(grid, sampled.get(0).toBooleanArray(), sampled.get(1).toBooleanArray());
		}
	}

	@Override
	public void close() {
		script.close();
		segmentor.close();
		input.close();
	}
}
