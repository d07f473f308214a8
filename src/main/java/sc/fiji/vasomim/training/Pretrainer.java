package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.Versions;
import sc.fiji.vasomim.training.TrainingState.Optimisation;
import sc.fiji.vasomim.training.AdamW.Rule;

/**
 * VasoMIM pre-training (arXiv 2602.11536): the autoencoder reconstructs patches that were hidden where vessels are,
 * and a frozen segmentor must see the same vessels in the reconstruction.
 */
public final class Pretrainer {

	private static final String TASK = "pretraining";

	/** The last only where images have masks. */
	private static final List<String> LOSSES = List.of("train_loss", "train_rec_loss", "train_consistency_loss",
		"masked_vessel_share");

	/** What is written into the run folder and, as provenance, into the model's header. */
	record Run(String task, PretrainingSettings settings, String precision, String data, int images,
		String segmentor, Map<String, String> versions)
	{}

	private Pretrainer() {}

	/**
	 * Refuses, before images are decoded for hours, what {@link #train} would refuse then. Writes nothing.
	 *
	 * @param images at most so many will be there
	 * @throws IllegalArgumentException if a setting can't work here, or the folder is in use or holds another run
	 */
	public static void check(final PretrainingSettings settings, final int images, final Path output) throws IOException {
		final Precision precision = Precision.parse(settings.precision(), Devices.parseAll(settings.device()).get(0));
		BatchLoader.images(images, settings.share(), settings.batch());
		RunFolder.check(output, Map.of("task", TASK, "settings", settings, "precision", precision.toString()));
	}

	/** Which of so many images are learnt from. */
	public static int[] chosen(final PretrainingSettings settings, final int images) {
		return settings.share() == 1 ? IntStream.range(0, images).toArray() : BatchLoader.chosen(images, settings.share(),
			settings.seed());
	}

	/** As {@link #train(PretrainingSettings, PixelCache, Path, Path, TrainingMonitor, Progress, Consumer)}, unwatched. */
	public static TrainingResult train(final PretrainingSettings settings, final PixelCache data, final Path segmentor,
		final Path output, final Progress progress, final Consumer<String> log) throws IOException
	{
		return train(settings, data, segmentor, output, TrainingMonitor.NONE, progress, log);
	}

	/**
	 * Pre-trains, or goes on with the run in the folder.
	 *
	 * @param data angiograms and, where the filter guides, their masks
	 * @param segmentor model file of a trained segmentor; null if the settings need none
	 * @param output the run folder
	 * @param monitor told of each epoch
	 * @param log where warnings go; may be called by several threads
	 * @throws IllegalArgumentException if a setting does not fit the data, or the folder holds another run
	 */
	public static TrainingResult train(final PretrainingSettings settings, final PixelCache data, final Path segmentor,
		final Path output, final TrainingMonitor monitor, final Progress progress, final Consumer<String> log)
		throws IOException
	{
		// Before the folder is opened, so that a setting that can't work leaves nothing behind.
		final List<Device> devices = Devices.parseAll(settings.device());
		final Precision precision = Precision.parse(settings.precision(), devices.get(0));
		final BatchLoader loader = new BatchLoader(data, settings.share(), settings.batch(), settings.minscale(), settings
			.seed());
		if (settings.masking().source().needsFilter() && !data.isLabelled()) throw new IllegalArgumentException(
			"masks: must be given, for the filter guides. Run Extract Vascular Anatomy Folder on the images first.");
		final boolean looks = settings.needsSegmentor();
		try (Weights frozen = looks ? ModelFile.readSegmentor("segmentor", segmentor, devices.get(0)) : null) {
			final Run run = new Run(TASK, settings, precision.toString(), data.fingerprint(), data.size(), looks
				? Sha256.of(segmentor) : "none", Versions.all());
			try (RunFolder folder = RunFolder.open(output, run, log)) {
				final Optional<Path> step = folder.newestStep();
				try (TrainingState state = new TrainingState(settings.network(), () -> Weights.initialise(settings.network(),
					settings.seed(), devices.get(0)), devices.get(0), optimisation(settings), LOSSES.subList(0, data.isLabelled()
						? 4 : 3), step);
						PretrainingPass pass = new PretrainingPass(settings, precision, loader, frozen);
						Replicas replicas = new Replicas(state, devices, settings.batch(), atOnce(settings, loader), pass, log))
				{
					return new TrainingLoop(folder, new PretrainingJob(run, loader, state, replicas, monitor), settings
						.saveevery(), progress, log).run(step);
				}
			}
		}
	}

	/** The same from begin to end, for it decides about rounding. */
	private static int atOnce(final PretrainingSettings settings, final BatchLoader loader) {
		return settings.microbatch() == 0 ? loader.mostAtOnce() : Math.min(settings.microbatch(), loader.mostAtOnce());
	}

	static Optimisation optimisation(final PretrainingSettings settings) {
		return new Optimisation(PretrainingSettings.BETA1, PretrainingSettings.BETA2, Rule.kernelDecay(settings.decay()),
			settings.clip(), 0);
	}

	/** The model for use in a finished run's folder. */
	public static Path model(final Path run) {
		return run.resolve(RunFolder.MODEL);
	}

	static Script script(final PretrainingSettings settings, final Precision precision, final Device device) {
		final MaskedAutoencoder network = settings.network();
		final Map<String, Object> attributes = new HashMap<>();
		attributes.put("size", network.size());
		attributes.put("patch", network.patch());
		attributes.put("depth", network.depth());
		attributes.put("heads", network.heads());
		attributes.put("decoder_depth", network.decoderDepth());
		attributes.put("decoder_heads", network.decoderHeads());
		attributes.put("raw_pixels", network.rawPixels());
		attributes.put("kind", precision.kind());
		attributes.put("eta", settings.masking().eta());
		attributes.put("uniform", settings.masking().sampling() == PatchSampling.UNIFORM);
		attributes.put("looks", settings.needsSegmentor());
		attributes.put("consistency", settings.consistency());
		return Script.load("pretraining", "Pretraining", attributes, device);
	}
}
