package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.evaluation.Validation;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.Versions;
import sc.fiji.vasomim.training.TrainingState.Beginning;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/** Trains a segmentation network on drawn truth; the model is that of the epoch that did best on held-out images. */
public final class SegmentationTrainer {

	private static final List<String> LOSSES = List.of("train_loss", "train_entropy_loss", "train_dice_loss",
		"train_cldice_loss");

	private static final double BETA1 = 0.9;

	private static final double BETA2 = 0.999;

	/** What is written into the run folder and, as provenance, into the model's header. */
	private record Run(String task, SegmentationSettings settings, String precision, String start, String data,
		int images, String heldOut, int heldOutImages, Map<String, String> versions)
	{}

	private SegmentationTrainer() {}

	/**
	 * Trains, or goes on with the run in the folder.
	 *
	 * @param start model file whose weights a new run begins with, see {@link StartWeights}; null: all are drawn
	 * @param data images and their labels: 0 and 255 for a network with one output, else class numbers
	 * @param validation held-out images, by which the best epoch is chosen; null for none
	 * @param output the run folder
	 * @param log where warnings go, and what became of the weights of {@code start}
	 * @throws IllegalArgumentException if a setting does not fit the data, {@code start} not the network, or the folder
	 *           holds another run
	 */
	public static TrainingResult train(final SegmentationSettings settings, final Path start, final PixelCache data,
		final PixelCache validation, final Path output, final Progress progress, final Consumer<String> log)
		throws IOException
	{
		// Before the folder is opened, so that a setting that can't work leaves nothing behind.
		check(settings, start);
		final Device device = Devices.parse(settings.device());
		final Precision precision = Precision.parse(settings.precision(), device);
		final SegmentationLoader loader = new SegmentationLoader(data, settings);
		final long[] pixels = ClassPixels.count("data", data, settings.network());
		if (validation != null) ClassPixels.count("validation", validation, settings.network());
		final StartWeights trained = start == null ? null : new StartWeights(start, settings.network());
		final Run run = new Run("segmentation", settings, precision.toString(), start == null ? "" : Sha256.of(start), data
			.fingerprint(), data.size(), validation == null ? "" : validation.fingerprint(), validation == null ? 0 : validation
				.size(), Versions.all());
		try (RunFolder folder = RunFolder.open(output, run, log)) {
			final Optional<Path> step = folder.newestStep(log);
			try (TrainingState state = new TrainingState(settings.network(), Beginning.of(settings.network(), settings
				.seed(), trained, device, log), device, optimisation(settings), losses(settings.loss()), step);
					Script script = Script.load("finetuning", "FineTuning", attributes(settings, precision), device);
					Segmenter segmenter = new Segmenter(state.modelWeights(), precision))
			{
				return new TrainingLoop(folder, new Job(run, loader, settings.loss().balance().weights(pixels), validation, state,
					script, segmenter), settings.saveevery(), progress, log).run(step);
			}
		}
	}

	/**
	 * Refuses what can be refused before images are read, which may take an hour.
	 *
	 * @param start as of {@link #train}
	 * @throws IllegalArgumentException if there is no such device, or {@code start} does not fit the network
	 */
	public static void check(final SegmentationSettings settings, final Path start) throws IOException {
		Precision.parse(settings.precision(), Devices.parse(settings.device()));
		settings.finetuning().requireStart(start);
		if (start != null) new StartWeights(start, settings.network());
	}

	private static List<String> losses(final SegmentationLoss loss) {
		return loss.cldice() > 0 ? LOSSES : LOSSES.subList(0, 3);
	}

	private static Optimisation optimisation(final SegmentationSettings settings) {
		return new Optimisation(BETA1, BETA2, parameter -> settings.finetuning().rule(settings.network(), parameter, settings
			.decay()), settings.finetuning().clip(), settings.average());
	}

	static Map<String, Object> attributes(final SegmentationSettings settings, final Precision precision) {
		final Map<String, Object> attributes = new LinkedHashMap<>(settings.network().scriptAttributes());
		attributes.put("size", settings.network().size());
		attributes.put("kind", precision.kind());
		attributes.put("cldice", settings.loss().cldice());
		attributes.put("iterations", settings.loss().iterations());
		return attributes;
	}

	private static final class Job extends TrainingJob {

		private final SegmentationSettings settings;

		private final SegmentationLoader loader;

		private final float[] balance;

		private final PixelCache validation;

		private final Script script;

		private final Segmenter segmenter;

		private Job(final Run run, final SegmentationLoader loader, final float[] balance, final PixelCache validation,
			final TrainingState state, final Script script, final Segmenter segmenter)
		{
			super(run, run.settings.epochs(), loader.batchesPerEpoch(), LearningRate.warmUpCosine(run.settings.rate(),
				run.settings.warmup(), run.settings.epochs()), "rate", run.precision, state);
			this.settings = run.settings;
			this.loader = loader;
			this.balance = balance;
			this.validation = validation;
			this.script = script;
			this.segmenter = segmenter;
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) throws IOException {
			final SegmentationLoader.Batch batch = loader.load(scope, epoch, iteration);
			script.call(scope, "gradients", state().weights().all(), state().optimiser().gradients(), batch.images().image(),
				batch.images().labels(), batch.images().box(), batch.affine(), batch.tone(), batch.noise(), batch.branches(), scope
					.create(balance), state().lossSums());
		}

		@Override
		Map<String, Double> validate(final int epoch, final Progress progress) throws IOException {
			if (validation == null || (epoch + 1) % settings.validateevery() != 0 && epoch + 1 != settings.epochs())
				return Map.of();
			return Map.of("val_dice", Validation.dice(segmenter, validation, progress));
		}
	}
}
