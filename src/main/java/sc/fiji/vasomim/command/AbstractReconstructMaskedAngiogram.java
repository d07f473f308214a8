package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;
import org.scijava.widget.NumberWidget;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.ReconstructionFigures;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.Hiding;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.guidance.Reconstructions;
import sc.fiji.vasomim.inference.PatchStatistics;
import sc.fiji.vasomim.inference.Reconstruction;
import sc.fiji.vasomim.training.PretrainingSettings;

/** What Reconstruct Masked Angiogram and its sibling on files share. */
abstract class AbstractReconstructMaskedAngiogram extends VasoMIMCommand {

	private static final PretrainingSettings PAPER = PretrainingSettings.VASOMIM;

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, persist = false, description = "Model file that Pre-train VasoMIM wrote")
	private File model;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Resolution", choices = { "native", "network" }, persist = false,
		description = "native: the image's own, in overlapping windows; network: squeezed to the network's square")
	private String resolution = "native";

	@Parameter(label = "<html><b>Hidden patches</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String hiddenhead = "";

	@Parameter(label = "Hidden", choices = { "random", "guided", "painted" }, persist = false,
		description = "Drawn at random, chosen as in pre-training, or touched by the selection (area, line or points)")
	private String hidden = "random";

	@Parameter(label = "Mask ratio", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the patches that is hidden (gamma), unless they are painted")
	private double maskratio = PAPER.masking().schedule().maskRatio();

	@Parameter(label = "Patch mean and contrast", choices = { "auto", "original", "interpolated" }, persist = false,
		description = "The original's, or interpolated from visible patches; auto: interpolated if painted")
	private String statistics = "auto";

	@Parameter(label = "<html><b>Guided patches alone</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String guidedhead = "";

	@Parameter(label = "Segmentor", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file that Train Segmentor wrote")
	private File segmentor;

	@Parameter(label = "Training progress (%)", style = NumberWidget.SLIDER_STYLE + "," + DECIMALS, min = "0", max = "100",
		stepSize = "0.5", persist = false, description = "The epoch whose guided patches are hidden, in percent of all epochs")
	private double progress = 50;

	@Parameter(label = "Epochs", min = "1", persist = false, description = "Epochs of the pre-training")
	private int epochs = PAPER.epochs();

	@Parameter(label = "Guided share, start", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the hidden patches that guidance chooses, before the first epoch (beta_0)")
	private double guidedstart = PAPER.masking().schedule().start();

	@Parameter(label = "Guided share, end", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "The same in the last epoch (beta_E)")
	private double guidedend = PAPER.masking().schedule().end();

	@Parameter(label = "Filter's weight", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Of the filter's mask in the guidance map; the rest is the segmentor's (eta)")
	private double eta = PAPER.masking().eta();

	@Parameter(label = "<html><b>Run</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String runhead = "";

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of the random draws")
	private long seed = PAPER.seed();

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = PAPER.device();

	/** How the hidden patches are chosen, as users choose it. */
	enum Mask {
		RANDOM, GUIDED, PAINTED
	}

	/** Where a hidden patch's mean and contrast come from, as users choose it. */
	private enum Source {
		AUTO, ORIGINAL, INTERPOLATED
	}

	/**
	 * @param figure RGB
	 * @param image 8-bit, hidden patches filled in
	 * @param rows one for each plane
	 */
	record Reconstructed(ImagePlus figure, ImagePlus image, List<ReconstructionRow> rows) {}

	File model() {
		return model;
	}

	/** Null unless guidance needs it. */
	File segmentor() {
		return mask() == Mask.GUIDED ? segmentor : null;
	}

	Mask mask() {
		return Choice.of("hidden", hidden, Mask.class);
	}

	private PatchStatistics statistics() {
		return switch (Choice.of("statistics", statistics, Source.class)) {
			case AUTO -> mask() == Mask.PAINTED ? PatchStatistics.INTERPOLATED : PatchStatistics.ORIGINAL;
			case ORIGINAL -> PatchStatistics.ORIGINAL;
			case INTERPOLATED -> PatchStatistics.INTERPOLATED;
		};
	}

	/** Of the random draws; null if there are none. */
	Long seed() {
		return mask() == Mask.PAINTED ? null : seed;
	}

	private Hiding hiding() {
		return switch (mask()) {
			case RANDOM -> new Hiding.Random(maskratio, seed);
			case GUIDED -> new Hiding.Guided(new MaskingSettings(new MaskSchedule(maskratio, guidedstart, guidedend),
				GuidanceSource.BOTH, eta, PatchSampling.PROPORTIONAL), MaskSchedule.epochAt(progress, epochs), epochs, seed);
			case PAINTED -> new Hiding.Painted();
		};
	}

	/**
	 * @throws IllegalArgumentException naming the parameter that cannot be used
	 * @throws IOException if a model file can't be read
	 */
	Reconstructions open() throws IOException {
		final Reconstructions.Settings settings = new Reconstructions.Settings(hiding(), Choice.of("resolution", resolution,
			Reconstructions.Size.class), statistics());
		return new Reconstructions(settings, FileParameter.path("model", model), mask() == Mask.GUIDED ? FileParameter.path(
			"segmentor", segmentor) : null, device);
	}

	/** All planes, each with its own draws. */
	static Reconstructed reconstruct(final Reconstructions reconstructions, final ImagePlus input, final Frames.Grey grey,
		final Progress progress)
	{
		final List<ReconstructionRow> rows = new ArrayList<>();
		final List<ImageProcessor> filled = new ArrayList<>();
		final ImagePlus figure = Frames.stack(input, "figure of " + input.getTitle(), progress, i -> {
			final Reconstruction one = reconstructPlane(reconstructions, input, grey.planes().get(i), i, progress);
			final ReconstructionRow row = ReconstructionRow.of(input.getTitle(), i, one);
			rows.add(row);
			filled.add(Frames.toProcessor(one.filled()));
			return ReconstructionFigures.draw(one, reconstructions.caption(one) + "\n" + row.text());
		});
		final ImagePlus image = Frames.stack(input, "reconstruction of " + input.getTitle(), Progress.NONE, filled::get);
		return new Reconstructed(figure, image, rows);
	}

	private static Reconstruction reconstructPlane(final Reconstructions reconstructions, final ImagePlus input,
		final RandomAccessibleInterval<UnsignedByteType> plane, final int number, final Progress progress)
	{
		final PatchMask hidden = reconstructions.settings().hiding() instanceof Hiding.Painted ? PaintedPatches.touched(
			input.getRoi(), input.getWidth(), input.getHeight(), reconstructions.grid(plane)) : reconstructions.hide(plane,
				() -> CoGuidanceStages.anatomy(plane, progress), number);
		return reconstructions.reconstruct(plane, hidden);
	}

	/** @throws IllegalArgumentException if a pixel is no number */
	Frames.Grey grey(final ImagePlus image) {
		return Frames.grey(image, polarity());
	}

	IntensityRule.Polarity polarity() {
		return Choice.of("vessels", vessels, IntensityRule.Polarity.class);
	}

	/** @param log is told of a selection that does not count */
	void warnOfSelection(final ImagePlus image, final Consumer<String> log) {
		if (image.getRoi() != null && mask() != Mask.PAINTED) log.accept(image.getTitle() +
			": its selection changes nothing; to hide what is selected, choose hidden=painted");
	}
}
