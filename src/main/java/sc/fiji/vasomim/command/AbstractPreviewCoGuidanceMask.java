package sc.fiji.vasomim.command;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;
import org.scijava.widget.NumberWidget;

import ij.ImagePlus;

import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.training.PretrainingSettings;

/** What Preview Co-Guidance Mask and its sibling on files share. */
abstract class AbstractPreviewCoGuidanceMask extends VasoMIMCommand {

	private static final PretrainingSettings PAPER = PretrainingSettings.VASOMIM;

	@Parameter(label = "Guidance", choices = { "none", "filter", "segmentor", "both" }, persist = false,
		description = "What guides the masks: the vessel filter, the segmentor, both (VasoMIM; training takes no other yet), or nothing")
	private String guidance = "both";

	@Parameter(label = "Segmentor", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file that Train Segmentor wrote; for the guidance segmentor or both")
	private File segmentor;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "<html><b>Masks</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String maskshead = "";

	@Parameter(label = "Training progress (%)", style = NumberWidget.SLIDER_STYLE + "," + DECIMALS, min = "0", max = "100",
		stepSize = "0.5", persist = false, description = "The epoch whose mask is shown, in percent of all epochs")
	private double progress = 50;

	@Parameter(label = "Epochs", min = "1", persist = false, description = "Epochs of the pre-training")
	private int epochs = PAPER.epochs();

	@Parameter(label = "Mask ratio", style = NumberWidget.SLIDER_STYLE + "," + DECIMALS, min = "0", max = "1", stepSize = "0.05",
		persist = false, description = "Share of the patches that is hidden (gamma)")
	private double maskratio = PAPER.masking().schedule().maskRatio();

	@Parameter(label = "Guided share, start", style = NumberWidget.SLIDER_STYLE + "," + DECIMALS, min = "0", max = "1",
		stepSize = "0.05", persist = false,
		description = "Share of the hidden patches that guidance chooses, before the first epoch (beta_0)")
	private double guidedstart = PAPER.masking().schedule().start();

	@Parameter(label = "Guided share, end", style = NumberWidget.SLIDER_STYLE + "," + DECIMALS, min = "0", max = "1",
		stepSize = "0.05", persist = false,
		description = "The same in the last epoch (beta_E); equal to the start: constant; less: strong to weak")
	private double guidedend = PAPER.masking().schedule().end();

	@Parameter(label = "Filter's weight", style = NumberWidget.SLIDER_STYLE + "," + DECIMALS, min = "0", max = "1", stepSize = "0.05",
		persist = false,
		description = "Of the filter's mask in the guidance map; the rest is the segmentor's (eta); for the guidance both")
	private double eta = PAPER.masking().eta();

	@Parameter(label = "Sampling", choices = { "proportional", "uniform" }, persist = false,
		description = "Guided patches are drawn by their share of the guidance map, or all that contain vessel alike (not in training yet)")
	private String sampling = "proportional";

	@Parameter(label = "Image size (px)", min = "32", stepSize = "32", persist = false,
		description = "Side of the network's input, a multiple of 32")
	private int size = PAPER.network().size();

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of the random draws")
	private long seed = PAPER.seed();

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = PAPER.device();

	@Parameter(label = "Slices over the epochs (0: no stack)", min = "0", persist = false,
		description = "How many epochs, evenly spaced, a stack of masks shows; 0 for no stack")
	private int slices = 0;

	@Parameter(label = "Curve", persist = false,
		description = "Draw the share of the hidden patches that contain vessel against the epoch")
	private boolean curve = false;

	@Parameter(label = "Table of patches", persist = false,
		description = "Position, guidance, probability and fate of each patch in the chosen epoch")
	private boolean table = false;

	/** @throws IllegalArgumentException if a value is out of range, or the segmentor that is needed is not named */
	CoGuidanceSetup setup() {
		final MaskingSettings masking = new MaskingSettings(new MaskSchedule(maskratio, guidedstart, guidedend), Choice
			.of("guidance", guidance, GuidanceSource.class), eta, Choice.of("sampling", sampling, PatchSampling.class));
		final int epoch = MaskSchedule.epochAt(progress, epochs);
		final CoGuidanceFigures.Settings figure = new CoGuidanceFigures.Settings(epoch, epochs, masking, size, PAPER
			.network().patch(), seed);
		return new CoGuidanceSetup(new CoGuidanceSetup.Asked(figure, Choice.of("vessels", vessels,
			IntensityRule.Polarity.class), slices, curve, table), segmentor(masking.source()), device);
	}

	/** @param log is told of a selection, which does not count */
	static void warnOfSelection(final ImagePlus image, final Consumer<String> log) {
		if (image.getRoi() != null) log.accept(image.getTitle() +
			": its selection changes nothing; masks are drawn over the whole image");
	}

	private Path segmentor(final GuidanceSource source) {
		if (!source.needsSegmentor()) return null;
		if (segmentor == null || segmentor.getPath().isBlank()) throw new IllegalArgumentException(
			"segmentor: must be given for the guidance " + guidance +
				", but is empty. Choose a path, or the guidance filter, which needs no model.");
		return FileParameter.path("segmentor", segmentor);
	}
}
