package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.guidance.MaskNoise;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.Versions;
import sc.fiji.vasomim.training.BatchLoader.Batch;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/**
 * VasoMIM pre-training (arXiv 2602.11536): the autoencoder reconstructs patches that were hidden where vessels are,
 * and a frozen segmentor must see the same vessels in the reconstruction.
 */
public final class Pretrainer {

	private static final List<String> LOSSES = List.of("train_loss", "train_rec_loss", "train_consistency_loss",
		"masked_vessel_share");

	/** What is written into the run folder and, as provenance, into the model's header. */
	private record Run(String task, PretrainingSettings settings, String precision, String data, int images,
		String segmentor, Map<String, String> versions)
	{}

	private Pretrainer() {}

	/**
	 * Pre-trains, or goes on with the run in the folder.
	 *
	 * @param data angiograms and their masks
	 * @param segmentor model file of a trained segmentor
	 * @param output the run folder
	 * @param log where warnings go
	 * @throws IllegalArgumentException if a setting does not fit the data, or the folder holds another run
	 */
	public static TrainingResult train(final PretrainingSettings settings, final PixelCache data, final Path segmentor,
		final Path output, final Progress progress, final Consumer<String> log) throws IOException
	{
		// Before the folder is opened, so that a setting that can't work leaves nothing behind.
		final Device device = Devices.parse(settings.device());
		final Precision precision = Precision.parse(settings.precision(), device);
		final BatchLoader loader = new BatchLoader(data, settings.batch(), settings.minscale(), settings.seed());
		try (Weights frozen = ModelFile.readSegmentor("segmentor", segmentor, device)) {
			final Run run = new Run("pretraining", settings, precision.toString(), data.fingerprint(), data.size(), Sha256.of(
				segmentor), Versions.all());
			try (RunFolder folder = RunFolder.open(output, run, log)) {
				final Optional<Path> step = folder.newestStep(log);
				try (TrainingState state = new TrainingState(settings.network(), () -> Weights.initialise(settings.network(),
					settings.seed(), device), device, new Optimisation(PretrainingSettings.BETA1, PretrainingSettings.BETA2, settings
						.decay()), LOSSES, step);
						Script script = script(settings, precision, device))
				{
					return new TrainingLoop(folder, new Job(run, loader, state, frozen, script), settings.saveevery(), progress, log)
						.run(step);
				}
			}
		}
	}

	/** The model for use in a finished run's folder. */
	public static Path model(final Path run) {
		return run.resolve(RunFolder.MODEL);
	}

	private static final class Job extends TrainingJob {

		private final PretrainingSettings settings;

		private final Weights segmentor;

		private final Script script;

		private final BatchLoader loader;

		private Job(final Run run, final BatchLoader loader, final TrainingState state, final Weights segmentor,
			final Script script)
		{
			super(run, run.settings.epochs(), loader.batchesPerEpoch(), LearningRate.warmUpCosine(run.settings.peakRate(), run.settings
				.warmup(), run.settings.epochs()), "baserate", run.precision, state);
			this.settings = run.settings;
			this.segmentor = segmentor;
			this.script = script;
			this.loader = loader;
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) throws IOException {
			final Batch batch = loader.load(scope, epoch, iteration);
			final int patches = settings.network().patches();
			final NDArray noise = MaskNoise.draw(scope, settings.seed(), epoch, batch.indices(), patches);
			final int hidden = settings.masking().hidden(patches);
			final int guided = settings.masking().guided(patches, epoch, settings.epochs());
			script.call(scope, "gradients", state().weights().all(), state().optimiser().gradients(), segmentor.all(), batch
				.image(), batch.labels(), batch.box(), batch.flip(), noise, hidden, guided, 1.0, state().lossSums());
		}
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
		attributes.put("kind", precision.kind());
		attributes.put("eta", settings.eta());
		attributes.put("consistency", settings.consistency());
		return Script.load("pretraining", "Pretraining", attributes, device);
	}
}
