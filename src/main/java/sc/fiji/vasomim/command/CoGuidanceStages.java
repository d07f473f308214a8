package sc.fiji.vasomim.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

import ai.djl.Device;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.VesselMapper;
import sc.fiji.vasomim.guidance.VesselMaps;
import sc.fiji.vasomim.torch.Devices;

/**
 * From an angiogram to its co-guidance figure, stage by stage. Each stage remembers its last result, so that a change
 * of the settings repeats only what depends on them. Not thread-safe.
 */
final class CoGuidanceStages implements AutoCloseable {

	private final Remembered<Frames.Grey> greys = new Remembered<>(grey -> {});

	private final Remembered<RandomAccessibleInterval<UnsignedByteType>> anatomies = new Remembered<>(mask -> {});

	private final Remembered<VesselMapper> mappers = new Remembered<>(VesselMapper::close);

	private final Remembered<VesselMaps> maps = new Remembered<>(map -> {});

	private final Remembered<CoGuidance> guidances = new Remembered<>(CoGuidance::close);

	private final Remembered<PatchGuidance> guides = new Remembered<>(guide -> {});

	private VesselMapper mapper;

	private CoGuidance guidance;

	private MaskingSettings masking;

	private CoGuidanceFigures figures;

	/** Takes these settings from now on; loads the segmentor if they need one. */
	void set(final CoGuidanceSetup setup) throws IOException {
		final CoGuidanceFigures.Settings settings = setup.asked().figure();
		final String where = setup.device();
		final Object model = setup.segmentor() == null ? "none" : setup.segmentor();
		mapper = mappers.get(List.of(settings.size(), where, model), () -> {
			final Device device = Devices.parse(where);
			return setup.segmentor() == null ? VesselMapper.filterOnly(settings.size(), device) : VesselMapper
				.withSegmentor(settings.size(), device, setup.segmentor());
		});
		guidance = guidances.get(List.of(settings.patch(), where), () -> new CoGuidance(settings.patch(), Devices.parse(
			where)));
		masking = settings.masking();
		figures = new CoGuidanceFigures(settings, guidance);
	}

	/** Draws with the settings last taken. */
	CoGuidanceFigures figures() {
		return figures;
	}

	/** @throws IllegalArgumentException if a pixel is no number */
	Frames.Grey grey(final ImagePlus image, final CoGuidanceSetup setup) {
		return greys.get(List.of(image, setup.asked().vessels()), () -> Frames.grey(image, setup.asked().vessels()));
	}

	/**
	 * The default vascular mask of a plane.
	 *
	 * @throws CancellationException when a stop is asked for
	 */
	static RandomAccessibleInterval<UnsignedByteType> anatomy(final RandomAccessibleInterval<UnsignedByteType> plane,
		final Progress progress)
	{
		final RandomAccessibleInterval<UnsignedByteType> mask = ArrayImgs.unsignedBytes(plane.dimensionsAsLongArray());
		VascularMask.compute(plane, mask, VascularMaskSettings.DEFAULT.fittedTo((int) plane.dimension(0), (int) plane
			.dimension(1)), new StoppableExecutor(TaskExecutors.multiThreaded(), progress));
		return mask;
	}

	/**
	 * Of a plane, with the default vascular mask and the settings last taken.
	 *
	 * @throws CancellationException when a stop is asked for
	 */
	PatchGuidance guide(final RandomAccessibleInterval<UnsignedByteType> plane, final Progress progress) {
		final RandomAccessibleInterval<UnsignedByteType> anatomy = anatomies.get(plane, () -> anatomy(plane, progress));
		final VesselMaps vessels = maps.get(List.of(mapper, anatomy), () -> mapper.map(plane, anatomy));
		// The schedule changes no guidance.
		return guides.get(List.of(guidance, vessels, masking.source(), masking.eta(), masking.sampling()), () -> guidance
			.guide(vessels, masking));
	}

	@Override
	public void close() {
		mappers.forget();
		guidances.forget();
	}
}
