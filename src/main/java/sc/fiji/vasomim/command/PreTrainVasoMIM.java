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
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.training.Pretrainer;
import sc.fiji.vasomim.training.PretrainingPreset;
import sc.fiji.vasomim.training.PretrainingSettings;
import sc.fiji.vasomim.training.TrainingResult;

/**
 * Pre-trains a vision transformer on angiograms without labels, by VasoMIM or one of its ablations. The dialog shows what
 * everybody must choose; what a preset decides can be changed by further keys, in macros and the shell.
 */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Pre-train VasoMIM...",
	label = "Pre-train VasoMIM", headless = true,
	description = "Pre-trains a vision transformer on angiograms without labels, guided by their vessels. For research use only, not for diagnosis.")
public class PreTrainVasoMIM extends AbstractPretraining {

	private static final PretrainingSettings PAPER = PretrainingSettings.VASOMIM;

	@Parameter(label = "<html><b>Method</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String methodhead = "";

	@Parameter(label = "Segmentor (empty for MAE)", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file that Train Segmentor wrote; stays as it is. MAE needs none")
	private File segmentor;

	@Parameter(label = "Preset", choices = { "VasoMIM", "VasoMIM-v1", "MAE" }, persist = false,
		description = "What is hidden and what is asked for: co-guidance and consistency; guidance by the filter alone; three quarters at random")
	private String preset = "VasoMIM";

	@Parameter(label = "Network", choices = { "tiny", "base", "large", "huge" }, persist = false,
		description = "Vision transformer; the paper's is base. Tiny learns on a CPU")
	private String network = "base";

	@Parameter(label = "<html><b>Training</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String traininghead = "";

	@Parameter(label = "Image size (px)", min = "32", stepSize = "32", persist = false,
		description = "Side of the network's input, a multiple of 32 and of the patch side (16; huge: 14)")
	private int size = PAPER.network().size();

	@Parameter(label = "Epochs", min = "1", persist = false, description = "Passes over the data")
	private int epochs = PAPER.epochs();

	@Parameter(label = "Warm-up (epochs, 0: none)", min = "0", persist = false,
		description = "Epochs over which the learning rate rises from 0")
	private int warmup = PAPER.warmup();

	@Parameter(label = "Batch", min = "1", persist = false,
		description = "Images a step; the paper's 2048 is for eight GPUs. At most as many as there are")
	private int batch = PAPER.batch();

	@Parameter(label = "Base learning rate", style = DECIMALS, min = "0", stepSize = "0.0001", persist = false,
		description = "For 256 images a step; scaled by batch / 256")
	private double baserate = PAPER.baserate();

	@Parameter(label = "<html><b>Run</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String runhead = "";

	@Parameter(label = "Save every (epochs)", min = "1", persist = false,
		description = "Epochs between step folders and pictures")
	private int saveevery = PAPER.saveevery();

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of all random draws")
	private long seed = PAPER.seed();

	@Parameter(label = "Device", persist = false,
		description = "auto (a GPU if there is one), cpu, gpu0, ..., or several, as gpu0,gpu1, that share each batch")
	private String device = PAPER.device();

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = PAPER.precision();

	@Parameter(label = "Guidance", choices = { "preset", "both", "filter", "segmentor", "none" }, persist = false,
		visibility = ItemVisibility.INVISIBLE, description = "What chooses the guided patches")
	private String guidance = "preset";

	@Parameter(label = "Sampling", choices = { "proportional", "uniform" }, persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Guided patches by their share of the guidance map, or all that contain vessel alike")
	private String sampling = "proportional";

	@Parameter(label = "Mask ratio", style = DECIMALS, min = "-1", max = "1", persist = false,
		visibility = ItemVisibility.INVISIBLE, description = "Share of the patches that is hidden (gamma); -1: the preset's")
	private double maskratio = -1;

	@Parameter(label = "Guided share, start", style = DECIMALS, min = "-1", max = "1", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Share of the hidden patches that guidance chooses, before the first epoch (beta_0); more than the end is strong to weak; -1: the preset's")
	private double guidedstart = -1;

	@Parameter(label = "Guided share, end", style = DECIMALS, min = "-1", max = "1", persist = false,
		visibility = ItemVisibility.INVISIBLE, description = "The same in the last epoch (beta_E); -1: the preset's")
	private double guidedend = -1;

	@Parameter(label = "Filter's weight", style = DECIMALS, min = "-1", max = "1", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Of the filter's mask in the guidance map; the rest is the segmentor's (eta); -1: the preset's")
	private double eta = -1;

	@Parameter(label = "Consistency weight", style = DECIMALS, min = "-1", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Of the anatomical consistency loss; 0 switches it off; -1: the preset's")
	private double consistency = -1;

	@Parameter(label = "Normalised patches", persist = false, visibility = ItemVisibility.INVISIBLE,
		description = "The target is each patch, normalised by its own mean and deviation; else its pixels")
	private boolean normpix = true;

	@Parameter(label = "Share of images", style = DECIMALS, min = "0", max = "1", persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Share of the images to learn from, more than 0, chosen by the seed")
	private double share = 1;

	@Parameter(label = "Smallest crop", style = DECIMALS, min = "0", max = "1", persist = false,
		visibility = ItemVisibility.INVISIBLE, description = "Least share of an image's area that a random crop covers")
	private double minscale = PAPER.minscale();

	@Parameter(label = "Weight decay", style = DECIMALS, min = "0", max = "1", persist = false,
		visibility = ItemVisibility.INVISIBLE, description = "AdamW's, of matrices and kernels")
	private double decay = PAPER.decay();

	@Parameter(label = "Gradient norm", style = DECIMALS, min = "0", persist = false,
		visibility = ItemVisibility.INVISIBLE, description = "Gradients are clipped to this norm; 0: not clipped")
	private double clip = PAPER.clip();

	@Parameter(label = "Images at once", min = "0", persist = false, visibility = ItemVisibility.INVISIBLE,
		description = "Most images that a device holds; their gradients are added up to those of the batch. 0: all of its part, fewer if its memory is too small")
	private int microbatch = PAPER.microbatch();

	@Parameter(label = "Keep every (epochs)", min = "0", persist = false, visibility = ItemVisibility.INVISIBLE,
		description = "Epochs between step folders that stay for good, a multiple of Save every; 0: the last two only")
	private int keepevery = PAPER.keepevery();

	@Override
	protected TrainingResult execute(final Progress progress) throws IOException {
		final PretrainingSettings settings = settings();
		final Path model = settings.needsSegmentor() ? FileParameter.path("segmentor", segmentor) : null;
		final Path run = runFolder();
		// Now, not after images have been decoded for an hour.
		if (model != null) ModelFile.readSegmentor("segmentor", model, Devices.parseAll(device).get(0)).close();
		final TrainingData data = data(settings.masking().source().needsFilter());
		Pretrainer.check(settings, data.size(), run);
		try (PixelCache pixels = data.open(progress, log()::warn)) {
			return Pretrainer.train(settings, pixels, model, run, new RunPictures(settings, pixels), progress, log()::warn);
		}
	}

	private PretrainingSettings settings() {
		final MaskedAutoencoder.Variant variant = Choice.of("network", network, MaskedAutoencoder.Variant.class);
		final PretrainingPreset chosen = PretrainingPreset.of(preset);
		return new PretrainingSettings(variant.forSize(size).predicting(!normpix), epochs, warmup, batch, baserate, decay,
			clip, masking(chosen.masking()), orPreset(consistency, chosen.consistency()), minscale, share,
			microbatch, saveevery, keepevery, seed, device, precision);
	}

	private MaskingSettings masking(final MaskingSettings of) {
		final GuidanceSource source = guidance.equals("preset") ? of.source() : Choice.of("guidance", guidance,
			GuidanceSource.class);
		final PatchSampling drawn = Choice.of("sampling", sampling, PatchSampling.class);
		if (source == GuidanceSource.NONE) {
			requireUnused("guidedstart", guidedstart == -1, "nothing is guided; add guidance=both, filter or segmentor");
			requireUnused("guidedend", guidedend == -1, "nothing is guided; add guidance=both, filter or segmentor");
			requireUnused("sampling", drawn == PatchSampling.PROPORTIONAL,
				"nothing is guided; add guidance=both, filter or segmentor");
		}
		if (source != GuidanceSource.BOTH) requireUnused("eta", eta == -1,
			"it weighs filter against segmentor; add guidance=both");
		final MaskSchedule schedule = new MaskSchedule(orPreset(maskratio, of.schedule().maskRatio()), orPreset(guidedstart, of
			.schedule().start()), orPreset(guidedend, of.schedule().end()));
		final double own = source == of.source() ? of.eta() : PAPER.masking().eta();
		return new MaskingSettings(schedule, source, orPreset(eta, own), drawn);
	}

	private static double orPreset(final double value, final double preset) {
		return value == -1 ? preset : value;
	}

	/** A key that changes nothing was meant to change something. */
	private static void requireUnused(final String key, final boolean unused, final String remedy) {
		if (!unused) throw new IllegalArgumentException(key + ": changes nothing here, for " + remedy +
			", or leave it out.");
	}
}
