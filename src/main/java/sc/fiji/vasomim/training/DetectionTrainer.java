package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.evaluation.DetectionValidation;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.SupervisedTraining.Data;
import sc.fiji.vasomim.training.SupervisedTraining.Run;

/** Trains a detector on drawn boxes; the model is that of the epoch that did best on held-out images. */
public final class DetectionTrainer {

	/** What runs are called in their folders. */
	static final String TASK = "detection";

	private static final List<String> LOSSES = List.of("train_loss", "train_objectness_loss", "train_anchor_loss",
		"train_class_loss", "train_box_loss");

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
		final DetectionLoader loader = new DetectionLoader(data, settings);
		if (!data.hasTruth()) throw new IllegalArgumentException("data: must have a box to learn from, but none of its " + data
			.images().size() + " images has one that is neither a crowd nor ignored. Draw some.");
		if (validation != null) requireTruth(validation, settings.network());
		return new SupervisedTraining(TASK, settings, start, of(data), validation == null ? Data.NONE : of(validation))
			.train(LOSSES, (run, precision, state) -> new Job(run, loader, validation, precision, state), output, progress, log);
	}

	private static Data of(final BoxedImages images) {
		return new Data(images.fingerprint(), images.images().size());
	}

	private static void requireTruth(final BoxedImages validation, final FasterRcnn network) {
		validation.requireClasses("validation", network.classes());
		if (!validation.hasTruth()) throw new IllegalArgumentException("validation: must have a box to find, or the best " +
			"epoch can't be told, but none of its " + validation.images().size() + " images has one. Draw some.");
	}

	/** What {@code DetectionTraining} must know. */
	static Map<String, Object> attributes(final FasterRcnn network, final Precision precision) {
		final Map<String, Object> attributes = network.scriptAttributes(precision);
		attributes.put("per_level", network.counts().trainedPerLevel());
		attributes.put("drawn_anchors", network.counts().anchors());
		attributes.put("regions", network.counts().regions());
		return attributes;
	}

	private static final class Job extends SupervisedTraining.Job {

		private final DetectionLoader loader;

		private final BoxedImages validation;

		private final Script script;

		private final Detector detector;

		private Job(final Run run, final DetectionLoader loader, final BoxedImages validation, final Precision precision,
			final TrainingState state)
		{
			super(run, loader.batchesPerEpoch(), state);
			this.loader = loader;
			this.validation = validation;
			final FasterRcnn network = (FasterRcnn) state.weights().network();
			detector = new Detector(state.modelWeights(), precision);
			try {
				script = Script.load("detection", "DetectionTraining", attributes(network, precision), state.weights().device());
			}
			catch (final RuntimeException e) {
				detector.close();
				throw e;
			}
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) {
			final DetectionLoader.Batch batch = loader.load(scope, epoch, iteration);
			script.call(scope, "gradients", state().weights().all(), state().optimiser().gradients(), batch.image(), batch
				.source(), batch.target(), batch.shift(), batch.flip(), batch.boxes(), batch.labels(), batch.ignored(), batch
					.anchorNoise(), batch.regionNoise(), batch.branches(), state().lossSums());
		}

		@Override
		Map<String, Double> scores(final Progress progress) {
			return validation == null ? Map.of() : DetectionValidation.scores(detector, validation, progress);
		}

		@Override
		public void close() {
			script.close();
			detector.close();
		}
	}
}
