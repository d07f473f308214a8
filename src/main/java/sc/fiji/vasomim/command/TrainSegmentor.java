package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.training.SegmentorSettings;
import sc.fiji.vasomim.training.SegmentorTrainer;
import sc.fiji.vasomim.training.TrainingResult;

/** Trains the light segmentor, UNeXt-S, on the vascular masks of a folder of angiograms. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Train Segmentor...", label = "Train Segmentor",
	headless = true,
	description = "Trains UNeXt-S on vascular masks: the segmentor that guides pre-training. For research use only, not for diagnosis.")
public class TrainSegmentor extends AbstractPretraining {

	@Parameter(label = "<html><b>Training</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String traininghead = "";

	@Parameter(label = "Crop size (px)", min = "32", stepSize = "32", persist = false,
		description = "Side of a training crop, a multiple of 32")
	private int size = SegmentorSettings.VASOMIM.size();

	@Parameter(label = "Epochs", min = "1", persist = false, description = "Passes over the data")
	private int epochs = SegmentorSettings.VASOMIM.epochs();

	@Parameter(label = "Batch", min = "1", persist = false, description = "Images a step; at most as many as there are")
	private int batch = SegmentorSettings.VASOMIM.batch();

	@Parameter(label = "Learning rate", style = DECIMALS, min = "0", stepSize = "0.0001", persist = false,
		description = "Adam's, at the start; falls by (1 - epoch / epochs)^0.9")
	private double rate = SegmentorSettings.VASOMIM.rate();

	@Parameter(label = "Smallest crop", style = DECIMALS, min = "0", max = "1", stepSize = "0.1", persist = false,
		description = "Least share of an image's area that a random crop covers")
	private double minscale = SegmentorSettings.VASOMIM.minscale();

	@Parameter(label = "<html><b>Run</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String runhead = "";

	@Parameter(label = "Save every (epochs)", min = "1", persist = false, description = "Epochs between step folders")
	private int saveevery = SegmentorSettings.VASOMIM.saveevery();

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of all random draws")
	private long seed = SegmentorSettings.VASOMIM.seed();

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = SegmentorSettings.VASOMIM.device();

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = SegmentorSettings.VASOMIM.precision();

	@Override
	protected TrainingResult execute(final Progress progress) throws IOException {
		final SegmentorSettings settings = new SegmentorSettings(size, epochs, batch, rate, minscale, saveevery, seed,
			device, precision);
		final Path run = runFolder();
		final TrainingData data = data(true);
		SegmentorTrainer.check(settings, data.size(), run);
		try (PixelCache pixels = data.open(progress, log()::warn)) {
			return SegmentorTrainer.train(settings, pixels, run, progress, log()::warn);
		}
	}
}
