package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

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
import sc.fiji.vasomim.training.PretrainingSettings;

/** What Preview Co-Guidance Mask and its sibling on files share. */
abstract class AbstractPreviewCoGuidanceMask extends VasoMIMCommand {

	private static final PretrainingSettings PAPER = PretrainingSettings.VASOMIM;

	@Parameter(label = "Segmentor", style = FileWidget.OPEN_STYLE, description = "Model file that Train Segmentor wrote")
	private File segmentor;

	@Parameter(label = "Epoch", min = "1", persist = false, description = "Whose masks are shown, of all epochs")
	private int epoch = PAPER.epochs() / 2;

	@Parameter(label = "Epochs", min = "1", persist = false, description = "Epochs of the pre-training")
	private int epochs = PAPER.epochs();

	@Parameter(label = "Mask ratio", min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the patches that is hidden (gamma)")
	private double maskratio = PAPER.masking().maskRatio();

	@Parameter(label = "Guided share, start", min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the hidden patches that guidance chooses, before the first epoch (beta_0)")
	private double start = PAPER.masking().start();

	@Parameter(label = "Guided share, end", min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "The same in the last epoch (beta_E)")
	private double end = PAPER.masking().end();

	@Parameter(label = "Filter's weight", min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Of the filter's mask in the guidance map; the rest is the segmentor's (eta)")
	private double eta = PAPER.eta();

	@Parameter(label = "Image size (px)", min = "32", stepSize = "32", persist = false,
		description = "Side of the network's input, a multiple of 32")
	private int size = PAPER.network().size();

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of the random draws")
	private long seed = PAPER.seed();

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = PAPER.device();

	/** What a preview needs, opened once for all images. */
	final class Preview implements AutoCloseable {

		private final MaskSchedule schedule = new MaskSchedule(maskratio, start, end);

		private final Weights weights;

		private final CoGuidance guidance;

		Preview() throws IOException {
			if (epoch < 1 || epoch > epochs) throw new IllegalArgumentException("epoch: must lie in 1.." + epochs +
				", the number of epochs, but was " + epoch);
			weights = ModelFile.read("segmentor", TrainingData.path("segmentor", segmentor), Unext.class, Devices.parse(
				device));
			guidance = new CoGuidance(weights, size, PAPER.network().patch(), eta);
		}

		/** An RGB figure for each plane. */
		ImagePlus figures(final ImagePlus input, final Progress progress) {
			final List<RandomAccessibleInterval<UnsignedByteType>> planes = Frames.grey(input, log()::warn);
			return Frames.map(input, "co-guidance of " + input.getTitle(), progress, (plane, i) -> {
				final RandomAccessibleInterval<UnsignedByteType> grey = planes.get(i - 1);
				final PatchGuidance guide = guidance.guide(grey, VascularMask.compute(grey, VascularMaskSettings.VASOMIM));
				final Map<String, PatchMask> masks = new LinkedHashMap<>();
				for (final int e : new int[] { 1, epoch, epochs })
					masks.put("epoch " + e + " of " + epochs, guidance.sample(guide, schedule, e - 1, epochs, seed, i - 1));
				return GuidancePanel.draw(guide, masks);
			});
		}

		@Override
		public void close() {
			guidance.close();
			weights.close();
		}
	}
}
