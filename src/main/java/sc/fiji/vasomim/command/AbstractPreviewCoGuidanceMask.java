package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;

import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.training.PretrainingSettings;

/** What Preview Co-Guidance Mask and its sibling on files share. */
abstract class AbstractPreviewCoGuidanceMask extends VasoMIMCommand {

	private static final PretrainingSettings PAPER = PretrainingSettings.VASOMIM;

	@Parameter(label = "Segmentor", style = FileWidget.OPEN_STYLE, persist = false, description = "Model file that Train Segmentor wrote")
	private File segmentor;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

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

	File segmentor() {
		return segmentor;
	}

	CoGuidanceFigures figures() throws IOException {
		return new CoGuidanceFigures(new CoGuidanceFigures.Settings(epoch, epochs, new MaskSchedule(maskratio, start, end),
			eta, size, PAPER.network().patch(), seed), FileParameter.path("segmentor", segmentor), device);
	}

	/** An RGB figure for each plane, with the default vascular mask. */
	static ImagePlus draw(final CoGuidanceFigures figures, final ImagePlus input, final Frames.Grey grey,
		final Progress progress)
	{
		return Frames.stack(input, "co-guidance of " + input.getTitle(), progress, i -> {
			final RandomAccessibleInterval<UnsignedByteType> plane = grey.planes().get(i);
			return figures.draw(plane, VascularMask.compute(plane, VascularMaskSettings.DEFAULT), i);
		});
	}

	/** @throws IllegalArgumentException if a pixel is no number */
	Frames.Grey grey(final ImagePlus image) {
		return Frames.grey(image, Choice.of("vessels", vessels, IntensityRule.Polarity.class));
	}
}
