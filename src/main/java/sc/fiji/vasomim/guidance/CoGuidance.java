package sc.fiji.vasomim.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.inference.PatchGrid;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Script;

/**
 * VasoMIM's guidance and masks for single images, computed by the code that masks the training batches. Not
 * thread-safe.
 */
public final class CoGuidance implements AutoCloseable {

	private final int patch;

	private final Device device;

	private final Script script;

	/** @param patch patch side in px */
	public CoGuidance(final int patch, final Device device) {
		this.patch = patch;
		this.device = device;
		script = Script.load("masking", "Guidance", Map.of("patch", patch), device);
	}

	/** @param maps of a size that is a multiple of the patch side, with a probability if the source needs one */
	public PatchGuidance guide(final VesselMaps maps, final MaskingSettings settings) {
		final int size = (int) maps.image().dimension(0);
		if (size % patch != 0) throw new IllegalArgumentException("size: must be a multiple of the patch side " + patch +
			" px, but was " + size);
		final PatchGrid grid = new PatchGrid(size, size, patch);
		if (settings.source() == GuidanceSource.NONE) return new PatchGuidance(maps, ArrayImgs.floats(size, size), grid,
			new float[grid.patches()]);
		if (settings.source().needsSegmentor() && maps.probability() == null) throw new IllegalArgumentException(
			"guidance: " + settings.source() + " needs a segmentor's probability, but there is none");
		try (NDManager scope = Devices.newManager(device)) {
			final NDArray filter = Planes.toTensor(scope, maps.anatomy()).toType(DataType.FLOAT32, false).div(255);
			// A filter alone has the weight 1, so that any probability would do.
			final NDArray probability = settings.source().needsSegmentor() ? Planes.floatsToTensor(scope, maps
				.probability()) : filter.zerosLike();
			final NDList guidance = script.call(scope, settings.sampling().name().toLowerCase(Locale.ROOT), filter,
				probability, settings.eta());
			return new PatchGuidance(maps, Planes.toImage(guidance.get(0)), grid, guidance.get(1).toFloatArray());
		}
	}

	/**
	 * The mask that pre-training would use in an epoch.
	 *
	 * @param epoch 0-based
	 * @param image names the image's draws: its number in a data set, or that of a plane in its stack
	 */
	public PatchMask sample(final PatchGuidance guidance, final MaskingSettings settings, final int epoch,
		final int epochs, final long seed, final int image)
	{
		return sample(guidance, settings, epoch, epochs, seed, new int[] { image }).get(0);
	}

	/**
	 * The masks of that epoch if the image had each of these numbers.
	 *
	 * @param epoch 0-based
	 */
	public List<PatchMask> sample(final PatchGuidance guidance, final MaskingSettings settings, final int epoch,
		final int epochs, final long seed, final int[] images)
	{
		return sample(guidance.grid(), guidance.distribution(), settings.schedule(), epoch, epochs, seed, images);
	}

	/** The mask on another grid over the same image. */
	PatchMask sample(final PatchGuidance guidance, final PatchGrid grid, final Hiding.Guided how, final int image) {
		return sample(grid, guidance.distribution(grid), how.masking().schedule(), how.epoch() - 1, how.epochs(), how.seed(),
			new int[] { image }).get(0);
	}

	private List<PatchMask> sample(final PatchGrid grid, final float[] distribution, final MaskSchedule schedule,
		final int epoch, final int epochs, final long seed, final int[] images)
	{
		final int patches = grid.patches();
		try (NDManager scope = Devices.newManager(device)) {
			// One distribution for all: the script spreads it over the images.
			final NDList sampled = script.call(scope, "sample", scope.create(distribution, new Shape(1, patches)), MaskNoise
				.draw(scope, seed, epoch, images, patches), schedule.hidden(patches), schedule.guided(patches, epoch, epochs));
			final boolean[] masked = sampled.get(0).toBooleanArray();
			final boolean[] guided = sampled.get(1).toBooleanArray();
			final List<PatchMask> masks = new ArrayList<>();
			for (int i = 0; i < images.length; i++)
				masks.add(new PatchMask(grid, Arrays.copyOfRange(masked, i * patches, (i + 1) * patches), Arrays.copyOfRange(
					guided, i * patches, (i + 1) * patches)));
			return masks;
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
