package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.dataset.Twins;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;
import sc.fiji.vasomim.training.ClassBalance;
import sc.fiji.vasomim.training.FineTuning;
import sc.fiji.vasomim.training.SegmentationLoss;
import sc.fiji.vasomim.training.SegmentationPreset;
import sc.fiji.vasomim.training.SegmentationRuns;
import sc.fiji.vasomim.training.SegmentationRunsResult;
import sc.fiji.vasomim.training.SegmentationSettings;

/** Trains a segmentation network on drawn truth, from scratch or from trained weights, from one seed or several. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Segmentation>Fine-tune Segmentation...",
	label = "Fine-tune Segmentation", headless = true,
	description = "Trains a network to segment vessels, vessel segments or stenoses as drawn. For research use only, not for diagnosis.")
public class FineTuneSegmentation extends VasoMIMCommand {

	@Parameter(label = "<html><b>Data</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String datahead = "";

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms to learn from, sub-folders included")
	private File images;

	@Parameter(label = "Labels", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "Folder of masks, label images or ROIs under the same file names, or a COCO .json file")
	private File labels;

	@Parameter(label = "Validation images (empty: none)", style = FileWidget.DIRECTORY_STYLE, required = false,
		persist = false,
		description = "Folder of held-out angiograms, by which the best epoch is chosen; empty: the last epoch is taken")
	private File valimages;

	@Parameter(label = "Validation labels", style = FileWidget.FILE_AND_DIRECTORY_STYLE, required = false,
		persist = false, description = "Their labels")
	private File vallabels;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for a run folder of each seed and their scores; an interrupted run in it is gone on with")
	private File output;

	@Parameter(label = "Join classes as (empty: apart)", persist = false,
		description = "Name of one class that all classes of the labels become, such as vessel; empty: they are kept apart")
	private String join = "";

	@Parameter(label = "Twins", choices = { "refuse", "drop" }, persist = false,
		description = "Images that come, or nearly come, again in the validation images: an error, or left out of the training")
	private String twins = "refuse";

	@Parameter(label = "Share of images", style = DECIMALS, min = "0", max = "1", stepSize = "0.1", persist = false,
		description = "Share of the images to learn from, more than 0, chosen by the seed")
	private double share = 1;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "<html><b>Network</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String networkhead = "";

	@Parameter(label = "Network", choices = { "unet", "deep unet", "unext", "vit tiny", "vit base" }, persist = false,
		description = "Which network, with its own recipe: a 0 below means what that recipe says")
	private String network = "unet";

	@Parameter(label = "Start (empty: random)", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file with weights to begin with, pre-trained, imported or fine-tuned; empty: random ones")
	private File start;

	@Parameter(label = "Frozen encoder", persist = false, description = "The start's encoder stays as it is")
	private boolean frozen = false;

	@Parameter(label = "<html><b>Training</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String traininghead = "";

	@Parameter(label = "Size (px, 0: recipe's)", min = "0", persist = false, description = "Side to which images are brought; 0: the recipe's")
	private int size = 0;

	@Parameter(label = "Epochs (0: recipe's)", min = "0", persist = false, description = "Passes over the images; 0: the recipe's")
	private int epochs = 0;

	@Parameter(label = "Batch (0: recipe's)", min = "0", persist = false, description = "Images a step; 0: the recipe's")
	private int batch = 0;

	@Parameter(label = "Learning rate (0: recipe's)", style = DECIMALS, min = "0", stepSize = "0.0001", persist = false,
		description = "AdamW's after the warm-up; then half a cosine to 0. 0: the recipe's")
	private double rate = 0;

	@Parameter(label = "Layer decay", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Of transformers: factor of the learning rate from each layer to the one below; 0: the recipe's")
	private double layerdecay = 0;

	@Parameter(label = "Drop path", style = DECIMALS, min = "-1", max = "1", stepSize = "0.1", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Of transformers: chance that the last block is skipped; -1: the recipe's")
	private double droppath = -1;

	@Parameter(label = "clDice weight", style = DECIMALS, min = "0", max = "1", stepSize = "0.1", persist = false,
		description = "Share of the soft clDice loss in place of Dice's")
	private double cldice = 0;

	@Parameter(label = "Class balance", choices = { "none", "root", "inverse" }, persist = false,
		description = "How much rare classes count more in the cross-entropy: not, by the root of their rarity, by their rarity")
	private String balance = "none";

	@Parameter(label = "Augmentation", choices = { "angiogram", "none" }, persist = false,
		description = "Random rotation, zoom, shift, mirroring, contrast and noise, or none")
	private String augmentation = "angiogram";

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

	/** How often a run looks at the validation images: of many classes, a look takes as long as an epoch on a CPU. */
	private static final int LOOKS = 20;

	private enum TwinRule {
		REFUSE, DROP
	}

	private enum Change {
		ANGIOGRAM(Augmentation.ANGIOGRAM), NONE(Augmentation.NONE);

		private final Augmentation plan;

		Change(final Augmentation plan) {
			this.plan = plan;
		}
	}

	@Override
	protected SegmentationRunsResult execute(final Progress progress) throws IOException {
		final Path folder = FileParameter.folder("output", output);
		final Path from = FileParameter.isGiven(start) ? FileParameter.path("start", start) : null;
		// Whatever the classes are: a wrong value shall not wait until all images have been read.
		SegmentationRuns.check(settings(List.of("vessel"), from), from, folder, seeds);
		final SegmentationRuns.Data data = data();
		try {
			return new SegmentationRuns(settings(data.training().classes(), from), from, data, folder, log()::warn)
				.run(seeds, progress);
		}
		catch (final IllegalArgumentException e) {
			throw Keys.of(e, Map.of("masks", "labels", "classes", "labels", "validation", "valimages"));
		}
	}

	private SegmentationRuns.Data data() throws IOException {
		if (FileParameter.isGiven(valimages) != FileParameter.isGiven(vallabels)) throw new IllegalArgumentException(
			"vallabels: give validation images and their labels, or neither, but only " + (FileParameter.isGiven(valimages)
				? "images" : "labels") + " are given");
		final IntensityRule rule = new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
		final TwinRule twinRule = Choice.of("twins", twins, TwinRule.class);
		final LabelledImages all = DrawnLabels.open("images", images, "labels", labels, List.of(), log()::warn);
		final LabelledImages held = FileParameter.isGiven(valimages) ? DrawnLabels.open("valimages", valimages,
			"vallabels", vallabels, all.classes(), log()::warn) : null;
		final LabelledImages rest = twinRule == TwinRule.DROP && held != null ? Twins.leaveOut(all, held, rule, log()::warn) : all;
		return new SegmentationRuns.Data(joined(rest).fraction(share, new CounterRandom(seed, Purpose.SPLIT, 0, 0)::permutation), held == null ? null : joined(held), rule);
	}

	private LabelledImages joined(final LabelledImages opened) {
		return join.isBlank() ? opened : opened.joined(join);
	}

	private SegmentationSettings settings(final List<String> classes, final Path from) throws IOException {
		final SegmentationSettings recipe = Choice.of("network", network, SegmentationPreset.class).settings(classes, size);
		final FineTuning own = recipe.finetuning();
		final int passes = epochs == 0 ? recipe.epochs() : epochs;
		final SegmentationNetwork fitted = from == null ? recipe.network() : recipe.network().fittedTo(ModelFile.readNetwork(
			"start", from, Network.class));
		return new SegmentationSettings(fitted, passes, Math.min(recipe.warmup(), passes - 1), batch == 0 ? recipe
			.batch() : batch, rate == 0 ? recipe.rate() : rate, recipe.decay(), recipe.average(), new FineTuning(
				layerdecay == 0 ? own.layerdecay() : layerdecay, droppath == -1 ? own.droppath() : droppath, frozen, own.clip()),
			new SegmentationLoss(cldice, recipe.loss().iterations(), Choice.of("balance", balance, ClassBalance.class)),
			Choice.of("augmentation", augmentation, Change.class).plan, Math.max(1, passes / LOOKS), recipe.saveevery(), seed,
			device, precision);
	}
}
