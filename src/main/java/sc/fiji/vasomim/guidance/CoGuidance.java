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
import net.imglib2.view.Views;

import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Script;

/**
 * VasoMIM's guidance and masks for single images, computed by the code that masks the training batches. Not
 * thread-safe.
 */
public final class CoGuidance implements AutoCloseable {

	private final Device device;

	private final Script script;

	/**
	 * @param patch patch side in px
	 * @param eta weight of the filter's mask against the segmentor's probability, 0..1
	 */
	public CoGuidance(final int patch, final double eta, final Device device) {
		if (!(eta >= 0 && eta <= 1)) throw new IllegalArgumentException("eta: must lie in 0..1, but was " + eta);
		this.device = device;
		script = Script.load("masking", "Masking", Map.of("patch", patch, "eta", eta), device);
	}

	/**
	 * @param anatomy vascular mask, 0 or 255
	 * @param probability the segmentor's, of the same size; both sides multiples of the patch side
	 */
	public PatchGuidance guide(final RandomAccessibleInterval<UnsignedByteType> anatomy,
		final RandomAccessibleInterval<FloatType> probability)
	{
		try (NDManager scope = Devices.newManager(device)) {
			final NDArray filter = Planes.toTensor(scope, anatomy).toType(DataType.FLOAT32, false).div(255);
			final NDList guidance = script.call(scope, "distribution", filter, toTensor(scope, probability));
			return new PatchGuidance(Planes.toImage(guidance.get(0)), guidance.get(1).toFloatArray());
		}
	}

	private static NDArray toTensor(final NDManager scope, final RandomAccessibleInterval<FloatType> image) {
		final float[] values = new float[(int) Views.iterable(image).size()];
		int i = 0;
		for (final FloatType value : Views.flatIterable(image))
			values[i++] = value.get();
		return scope.create(values, new Shape(1, image.dimension(1), image.dimension(0)));
	}

	/**
	 * The mask that pre-training would use for an image in an epoch.
	 *
	 * @param image the image's number in its data set
	 */
	public PatchMask sample(final PatchGuidance guidance, final MaskSchedule schedule, final int epoch, final int epochs,
		final long seed, final int image)
	{
		final int patches = guidance.distribution().length;
		return sample(guidance.distribution(), schedule.hidden(patches), schedule.guided(patches, epoch, epochs), seed,
			epoch, image);
	}

	/** A mask without any guidance: {@code hidden} of the patches, all alike. */
	public PatchMask sampleUniform(final int grid, final int hidden, final long seed, final int image) {
		return sample(new float[grid * grid], hidden, 0, seed, 0, image);
	}

	private PatchMask sample(final float[] distribution, final int hidden, final int guided, final long seed,
		final int epoch, final int image)
	{
		final int patches = distribution.length;
		try (NDManager scope = Devices.newManager(device)) {
			final NDArray noise = MaskNoise.draw(scope, seed, epoch, new int[] { image }, patches);
			final NDList sampled = script.call(scope, "sample", scope.create(distribution, new Shape(1, patches)), noise,
				hidden, guided);
			return new PatchMask((int) Math.round(Math.sqrt(patches)), sampled.get(0).toBooleanArray(), sampled.get(1)
				.toBooleanArray());
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
