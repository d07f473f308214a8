package sc.fiji.vasomim.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.GuidancePanel;
import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;

/** The co-guidance figure of any number of images, with one segmentor. */
final class CoGuidanceFigures implements AutoCloseable {

	/** All that a figure depends on besides image and segmentor. {@code epoch} counts from 1. */
	record Settings(int epoch, int epochs, MaskSchedule masking, double eta, int size, int patch, long seed) {}

	private final Settings settings;

	private final Weights segmentor;

	private final CoGuidance guidance;

	CoGuidanceFigures(final Settings settings, final Path segmentor, final String device) throws IOException {
		this.settings = settings;
		this.segmentor = ModelFile.read("segmentor", segmentor, Unext.class, Devices.parse(device));
		try {
			guidance = new CoGuidance(this.segmentor, settings.size, settings.patch, settings.eta);
		}
		catch (final RuntimeException e) {
			this.segmentor.close();
			throw e;
		}
	}

	Settings settings() {
		return settings;
	}

	/** An RGB figure for each plane. */
	ImagePlus draw(final ImagePlus input, final Frames.Grey grey, final Progress progress) {
		return Frames.stack(input, "co-guidance of " + input.getTitle(), progress, i -> {
			final RandomAccessibleInterval<UnsignedByteType> plane = grey.planes().get(i);
			final PatchGuidance guide = guidance.guide(plane, VascularMask.compute(plane, VascularMaskSettings.VASOMIM));
			final Map<String, PatchMask> masks = new LinkedHashMap<>();
			for (final int epoch : new int[] { 1, settings.epoch, settings.epochs })
				masks.put("epoch " + epoch + " of " + settings.epochs, guidance.sample(guide, settings.masking, epoch - 1,
					settings.epochs, settings.seed, i));
			return GuidancePanel.draw(guide, masks);
		});
	}

	@Override
	public void close() {
		guidance.close();
		segmentor.close();
	}
}
