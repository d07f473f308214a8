package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.dataset.HeldOut;
import sc.fiji.vasomim.dataset.ScaleJitter;
import sc.fiji.vasomim.dataset.Twins;
import sc.fiji.vasomim.files.ImageFolder;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;
import sc.fiji.vasomim.training.DetectionPreset;
import sc.fiji.vasomim.training.DetectionRuns;
import sc.fiji.vasomim.training.DetectionRunsResult;
import sc.fiji.vasomim.training.DetectionSettings;
import sc.fiji.vasomim.training.FineTuning;
import sc.fiji.vasomim.training.RateSchedule;

/** Trains a detector on drawn boxes, from scratch or from trained weights, from one seed or several. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Stenosis>Fine-tune Detection...",
	label = "Fine-tune Detection", headless = true,
	description = "Trains a network to find stenoses, or other things, as boxes that were drawn. For research use only, not for diagnosis.")
public class FineTuneDetection extends VasoMIMCommand {

	@Parameter(label = "<html><b>Data</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String datahead = "";

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms to learn from, sub-folders included")
	private File images;

	@Parameter(label = "Boxes", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "COCO .json file, or folder of Pascal VOC .xml or ROI files under the same file names")
	private File boxes;

	@Parameter(label = "Validation images (empty: a share)", style = FileWidget.DIRECTORY_STYLE, required = false,
		persist = false,
		description = "Folder of held-out angiograms, by which the best epoch is chosen; empty: a share is held out")
	private File valimages;

	@Parameter(label = "Validation boxes", style = FileWidget.FILE_AND_DIRECTORY_STYLE, required = false, persist = false,
		description = "Their boxes")
	private File valboxes;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for a run folder of each seed and their scores; an interrupted run in it is gone on with")
	private File output;

	@Parameter(label = "Share held out", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Without validation images: share of the images, between 0 and 1; those of a patient, as names tell, and twins stay together")
	private double holdout = 0.2;

	@Parameter(label = "Twins", choices = { "refuse", "drop" }, persist = false,
		description = "Images that come, or nearly come, again in the validation images: an error, or left out of the training")
	private String twins = "refuse";

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "<html><b>Network</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String networkhead = "";

	@Parameter(label = "Network", choices = { "tiny", "small", "base" }, persist = false,
		description = "Size, with its own recipe: a 0 below means what that recipe says. Tiny is for CPUs, base as published")
	private String network = "tiny";

	@Parameter(label = "Start (empty: random)", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file with weights to begin with, pre-trained, imported or fine-tuned; empty: random ones")
	private File start;

	@Parameter(label = "Frozen encoder", persist = false, description = "The start's encoder stays as it is")
	private boolean frozen = false;

	@Parameter(label = "<html><b>Training</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String traininghead = "";

	@Parameter(label = "Size (px, 0: recipe's)", min = "0", persist = false,
		description = "Side to which images are brought, a multiple of 32; 0: the recipe's")
	private int size = 0;

	@Parameter(label = "Epochs (0: recipe's)", min = "0", persist = false, description = "Passes over the images; 0: the recipe's")
	private int epochs = 0;

	@Parameter(label = "Batch (0: recipe's)", min = "0", persist = false, description = "Images a step; 0: the recipe's")
	private int batch = 0;

	@Parameter(label = "Learning rate (0: recipe's)", style = DECIMALS, min = "0", stepSize = "0.0001", persist = false,
		description = "AdamW's after the warm-up; 0: the recipe's")
	private double rate = 0;

	@Parameter(label = "Schedule", choices = { "recipe", "cosine", "step" }, persist = false,
		description = "How the learning rate falls: half a cosine to 0, or tenfold at 8/9 and at 26/27 of the epochs")
	private String schedule = "recipe";

	@Parameter(label = "Layer decay", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Factor of the learning rate from each transformer layer to the one below; 0: the recipe's")
	private double layerdecay = 0;

	@Parameter(label = "Drop path", style = DECIMALS, min = "-1", max = "1", stepSize = "0.1", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Chance that the last transformer block is skipped; -1: the recipe's")
	private double droppath = -1;

	@Parameter(label = "Augmentation", choices = { "recipe", "published", "none" }, persist = false,
		description = "Mirroring and random scales: the recipe's, large-scale jitter of 0.1 to 2 as published, or none")
	private String augmentation = "recipe";

	@Parameter(label = "<html><b>Run</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String runhead = "";

	@Parameter(label = "Seeds", min = "1", persist = false, description = "How many runs, from seeds that count up")
	private int seeds = 1;

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of all random draws of the first run")
	private long seed = 0;

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of convolutions and matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = "auto";

	private enum TwinRule {
		REFUSE, DROP
	}

	private enum Fall {
		RECIPE, COSINE, STEP
	}

	private enum Change {
		RECIPE, PUBLISHED, NONE
	}

	@Override
	protected DetectionRunsResult execute(final Progress progress) throws IOException {
		final Path folder = FileParameter.folder("output", output);
		final Path from = FileParameter.isGiven(start) ? FileParameter.path("start", start) : null;
		// Whatever the classes are: a wrong value shall not wait until all images have been read.
		final DetectionSettings known = settings(List.of("stenosis"), from);
		DetectionRuns.check(known, from, folder, seeds);
		requireBatch(known.batch());
		try {
			final HeldOut data = data(progress);
			return new DetectionRuns(settings(data.training().classes(), from), from, data, folder, log()::warn).run(seeds,
				progress);
		}
		catch (final IllegalArgumentException e) {
			throw Keys.of(e, Map.of("validation", "valimages", "data", "boxes"));
		}
	}

	/** As far as it can be told by then: images that are held out are counted here. */
	private void requireBatch(final int asked) throws IOException {
		final Path folder = FileParameter.path("images", images);
		final int files = Files.isDirectory(folder) ? ImageFolder.list(folder).size() : 0;
		if (files > 0 && asked > files) throw new IllegalArgumentException("batch: must lie in 1.." + files +
			", the number of images, but was " + asked);
	}

	private HeldOut data(final Progress progress) throws IOException {
		if (FileParameter.isGiven(valimages) != FileParameter.isGiven(valboxes)) throw new IllegalArgumentException(
			"valboxes: give validation images and their boxes, or neither, but only " + (FileParameter.isGiven(valimages)
				? "images" : "boxes") + " are given");
		final IntensityRule rule = new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
		final TwinRule twinRule = Choice.of("twins", twins, TwinRule.class);
		if (!FileParameter.isGiven(valimages)) HeldOut.requireShare(holdout);
		final BoxedImages all = DrawnBoxes.read("images", images, "boxes", boxes, List.of(), rule, progress, log()::warn);
		final HeldOut parts = FileParameter.isGiven(valimages) ? new HeldOut(all, DrawnBoxes.read("valimages", valimages, "valboxes",
			valboxes, all.classes(), rule, progress, log()::warn)) : HeldOut.of(all, holdout, new CounterRandom(seed, Purpose.SPLIT, 0,
				0)::permutation, log()::warn);
		return twinRule == TwinRule.REFUSE ? parts : new HeldOut(Twins.leaveOut(parts.training(), parts.validation(),
			log()::warn), parts.validation());
	}

	private DetectionSettings settings(final List<String> classes, final Path from) throws IOException {
		final DetectionSettings recipe = Choice.of("network", network, DetectionPreset.class).settings(classes, size);
		final FineTuning own = recipe.finetuning();
		final int passes = epochs == 0 ? recipe.epochs() : epochs;
		final FasterRcnn fitted = from == null ? recipe.network() : recipe.network().fittedTo(ModelFile.readNetwork("start",
			from, Network.class));
		return new DetectionSettings(fitted, passes, Math.min(recipe.warmup(), passes - 1), batch == 0 ? recipe
			.batch() : batch, rate == 0 ? recipe.rate() : rate, schedule(recipe), recipe.decay(), recipe.average(),
			new FineTuning(layerdecay == 0 ? own.layerdecay() : layerdecay, droppath == -1 ? own.droppath() : droppath, frozen, own
				.clip()), jitter(recipe), recipe.validateevery(), recipe.saveevery(), seed, device, precision);
	}

	private RateSchedule schedule(final DetectionSettings recipe) {
		return switch (Choice.of("schedule", schedule, Fall.class)) {
			case RECIPE -> recipe.schedule();
			case COSINE -> RateSchedule.COSINE;
			case STEP -> RateSchedule.STEP;
		};
	}

	private ScaleJitter jitter(final DetectionSettings recipe) {
		return switch (Choice.of("augmentation", augmentation, Change.class)) {
			case RECIPE -> recipe.jitter();
			case PUBLISHED -> ScaleJitter.PUBLISHED;
			case NONE -> ScaleJitter.NONE;
		};
	}
}
