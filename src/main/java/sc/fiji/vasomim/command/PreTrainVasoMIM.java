package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.training.Pretrainer;
import sc.fiji.vasomim.training.PretrainingSettings;
import sc.fiji.vasomim.training.TrainingResult;

/** Pre-trains a vision transformer on angiograms without labels, by VasoMIM. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Pre-train VasoMIM...",
	label = "Pre-train VasoMIM", headless = true,
	description = "Pre-trains a vision transformer on angiograms without labels, guided by their vessels. For research use only, not for diagnosis.")
public class PreTrainVasoMIM extends VasoMIMCommand {

	private static final PretrainingSettings PAPER = PretrainingSettings.VASOMIM;

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false, description = "Folder of angiograms; their decoded pixels are kept in a file beside it")
	private File images;

	@Parameter(label = "Masks", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of their vascular masks under the same file names: Extract Vascular Anatomy Folder makes it")
	private File masks;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Segmentor", style = FileWidget.OPEN_STYLE, persist = false,
		description = "Model file that Train Segmentor wrote; stays as it is")
	private File segmentor;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Run folder; one of an interrupted run with the same settings is gone on with")
	private File output;

	@Parameter(label = "Network", choices = { "tiny", "base", "large", "huge" }, persist = false,
		description = "Vision transformer; the paper's is base. Tiny learns on a CPU")
	private String network = "base";

	@Parameter(label = "Image size (px)", min = "32", stepSize = "32", persist = false,
		description = "Side of the network's input, a multiple of 32 and of the patch side (16; huge: 14)")
	private int size = PAPER.network().size();

	@Parameter(label = "Epochs", min = "1", persist = false, description = "Passes over the data")
	private int epochs = PAPER.epochs();

	@Parameter(label = "Warm-up (epochs)", min = "0", persist = false,
		description = "Epochs over which the learning rate rises from 0")
	private int warmup = PAPER.warmup();

	@Parameter(label = "Batch", min = "1", persist = false,
		description = "Images a step; the paper's 2048 is for eight GPUs. At most as many as there are")
	private int batch = PAPER.batch();

	@Parameter(label = "Base learning rate", style = DECIMALS, min = "0", stepSize = "0.0001", persist = false,
		description = "For 256 images a step; scaled by batch / 256")
	private double baserate = PAPER.baserate();

	@Parameter(label = "Weight decay", style = DECIMALS, min = "0", max = "1", stepSize = "0.01", persist = false,
		description = "AdamW's, of matrices and kernels")
	private double decay = PAPER.decay();

	@Parameter(label = "Mask ratio", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the patches that is hidden (gamma)")
	private double maskratio = PAPER.masking().maskRatio();

	@Parameter(label = "Guided share, start", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the hidden patches that guidance chooses, before the first epoch (beta_0)")
	private double start = PAPER.masking().start();

	@Parameter(label = "Guided share, end", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "The same in the last epoch (beta_E)")
	private double end = PAPER.masking().end();

	@Parameter(label = "Filter's weight", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Of the filter's mask in the guidance map; the rest is the segmentor's (eta)")
	private double eta = PAPER.eta();

	@Parameter(label = "Consistency weight", style = DECIMALS, min = "0", stepSize = "0.1", persist = false,
		description = "Of the anatomical consistency loss; 0 switches it off")
	private double consistency = PAPER.consistency();

	@Parameter(label = "Smallest crop", style = DECIMALS, min = "0", max = "1", stepSize = "0.1", persist = false,
		description = "Least share of an image's area that a random crop covers")
	private double minscale = PAPER.minscale();

	@Parameter(label = "Save every (epochs)", min = "1", persist = false, description = "Epochs between step folders")
	private int saveevery = PAPER.saveevery();

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of all random draws")
	private long seed = PAPER.seed();

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = PAPER.device();

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = PAPER.precision();

	@Override
	protected TrainingResult execute(final Progress progress) throws IOException {
		final MaskedAutoencoder.Variant variant = Choice.of("network", network, MaskedAutoencoder.Variant.class);
		final PretrainingSettings settings = new PretrainingSettings(variant.forSize(size), epochs, warmup, batch, baserate,
			decay, new MaskSchedule(maskratio, start, end), eta, consistency, minscale, saveevery, seed, device, precision);
		final Path model = FileParameter.path("segmentor", segmentor);
		final Path run = FileParameter.folder("output", output);
		// Now, not after images have been decoded for an hour.
		ModelFile.readSegmentor("segmentor", model, Devices.parse(device)).close();
		try (PixelCache data = TrainingData.open(images, masks, vessels, progress,
			log()::warn)) {
			return Pretrainer.train(settings, data, model, run, progress, log()::warn);
		}
	}
}
