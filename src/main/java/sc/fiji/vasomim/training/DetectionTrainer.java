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
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.evaluation.DetectionValidation;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.Versions;
import sc.fiji.vasomim.training.TrainingState.Beginning;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/** Trains a detector on drawn boxes; the model is that of the epoch that did best on held-out images. */
public final class DetectionTrainer {

	private static final List<String> LOSSES = List.of("train_loss", "train_objectness_loss", "train_anchor_loss",
		"train_class_loss", "train_box_loss");

	private static final double BETA1 = 0.9;

	private static final double BETA2 = 0.999;

	/** What is written into the run folder and, as provenance, into the model's header. */
	private record Run(String task, DetectionSettings settings, String precision, String start, String data,
		int images, String heldOut, int heldOutImages, Map<String, String> versions)
	{}

	private DetectionTrainer() {}

	/**
	 * Trains, or goes on with the run in the folder.
	 *
	 * @param start model file whose weights a new run begins with, see {@link StartWeights}; null: all are drawn
	 * @param data images and their boxes, of the network's classes
	 * @param validation held-out images, by which the best epoch is chosen (COCO's mAP); null for none
	 * @param output the run folder
	 * @param log where warnings go, and what became of the weights of {@code start}
	 * @throws IllegalArgumentException if a setting does not fit the data, {@code start} not the network, or the folder
	 *           holds another run
	 */
	public static TrainingResult train(final DetectionSettings settings, final Path start, final BoxedImages data,
		final BoxedImages validation, final Path output, final Progress progress, final Consumer<String> log)
		throws IOException
	{
		// Before the folder is opened, so that a setting that can't work leaves nothing behind.
		final Device device = Devices.parse(settings.device());
		final Precision precision = Precision.parse(settings.precision(), device);
		final DetectionLoader loader = new DetectionLoader(data, settings);
		if (validation != null) requireTruth(validation, settings.network());
		settings.finetuning().requireStart(start);
		final StartWeights trained = start == null ? null : new StartWeights(start, settings.network());
		final Run run = new Run("detection", settings, precision.toString(), start == null ? "" : Sha256.of(start), data
			.fingerprint(), data.images().size(), validation == null ? "" : validation.fingerprint(), validation == null ? 0
				: validation.images().size(), Versions.all());
		try (RunFolder folder = RunFolder.open(output, run, log)) {
			final Optional<Path> step = folder.newestStep(log);
			try (TrainingState state = new TrainingState(settings.network(), Beginning.of(settings.network(), settings
				.seed(), trained, device, log), device, optimisation(settings), LOSSES, step);
					Script script = Script.load("detection", "DetectionTraining", attributes(settings.network(), precision),
						device);
					Detector detector = new Detector(state.modelWeights(), precision))
			{
				return new TrainingLoop(folder, new Job(run, loader, validation, state, script, detector), settings
					.saveevery(), progress, log).run(step);
			}
		}
	}

	private static void requireTruth(final BoxedImages validation, final FasterRcnn network) {
		validation.requireClasses("validation", network.classes());
		if (!validation.hasTruth()) throw new IllegalArgumentException("validation: must have a box to find, or the best " +
			"epoch can't be told, but none of its " + validation.images().size() + " images has one");
	}

	private static Optimisation optimisation(final DetectionSettings settings) {
		return new Optimisation(BETA1, BETA2, parameter -> settings.finetuning().rule(settings.network(), parameter, settings
			.decay()), settings.finetuning().clip(), settings.average());
	}

	/** What {@code DetectionTraining} must know. */
	static Map<String, Object> attributes(final FasterRcnn network, final Precision precision) {
		final Map<String, Object> attributes = new LinkedHashMap<>(network.scriptAttributes());
		attributes.put("per_level", network.counts().trainedPerLevel());
		attributes.put("drawn_anchors", network.counts().anchors());
		attributes.put("regions", network.counts().regions());
		attributes.put("kind", precision.kind());
		return attributes;
	}

	private static final class Job extends TrainingJob {

		private final DetectionSettings settings;

		private final DetectionLoader loader;

		private final BoxedImages validation;

		private final Script script;

		private final Detector detector;

		private Job(final Run run, final DetectionLoader loader, final BoxedImages validation, final TrainingState state,
			final Script script, final Detector detector)
		{
			super(run, run.settings.epochs(), loader.batchesPerEpoch(), run.settings.schedule().rate(run.settings.rate(),
				run.settings.warmup(), run.settings.epochs()), "rate", run.precision, state);
			this.settings = run.settings;
			this.loader = loader;
			this.validation = validation;
			this.script = script;
			this.detector = detector;
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) {
			final DetectionLoader.Batch batch = loader.load(scope, epoch, iteration);
			script.call(scope, "gradients", state().weights().all(), state().optimiser().gradients(), batch.image(), batch
				.source(), batch.target(), batch.shift(), batch.flip(), batch.boxes(), batch.labels(), batch.anchorNoise(), batch
					.regionNoise(), batch.branches(), state().lossSums());
		}

		@Override
		Map<String, Double> validate(final int epoch, final Progress progress) {
			if (validation == null || (epoch + 1) % settings.validateevery() != 0 && epoch + 1 != settings.epochs())
				return Map.of();
			return DetectionValidation.scores(detector, validation, progress);
		}
	}
}
