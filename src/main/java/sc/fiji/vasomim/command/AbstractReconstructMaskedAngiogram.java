package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;

import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.ReconstructionFigures;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.guidance.MaskSchedule;

/** What Reconstruct Masked Angiogram and its sibling on files share. */
abstract class AbstractReconstructMaskedAngiogram extends VasoMIMCommand {

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, persist = false, description = "Model file that Pre-train VasoMIM wrote")
	private File model;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Mask ratio", min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the patches that is hidden, drawn at random")
	private double maskratio = MaskSchedule.VASOMIM.maskRatio();

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of the hidden patches")
	private long seed = 0;

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	File model() {
		return model;
	}

	ReconstructionFigures figures() throws IOException {
		return new ReconstructionFigures(new ReconstructionFigures.Settings(maskratio, seed), FileParameter.path("model",
			model), device);
	}

	/** An RGB figure for each plane. */
	static ImagePlus draw(final ReconstructionFigures figures, final ImagePlus input, final Frames.Grey grey,
		final Progress progress)
	{
		return Frames.stack(input, "reconstruction of " + input.getTitle(), progress, i -> figures.draw(grey.planes().get(
			i), i));
	}

	/** @throws IllegalArgumentException if a pixel is no number */
	Frames.Grey grey(final ImagePlus image) {
		return Frames.grey(image, Choice.of("vessels", vessels, IntensityRule.Polarity.class));
	}
}
