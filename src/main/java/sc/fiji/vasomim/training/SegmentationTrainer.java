package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.evaluation.Validation;
import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.SupervisedTraining.Data;
import sc.fiji.vasomim.training.SupervisedTraining.Run;

/** Trains a segmentation network on drawn truth; the model is that of the epoch that did best on held-out images. */
public final class SegmentationTrainer {

	/** What runs are called in their folders. */
	static final String TASK = "segmentation";

	private static final List<String> LOSSES = List.of("train_loss", "train_entropy_loss", "train_dice_loss",
		"train_cldice_loss");

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
		final SegmentationLoader loader = new SegmentationLoader(data, settings);
		final long[] pixels = ClassPixels.count("data", data, settings.network());
		if (validation != null) ClassPixels.count("validation", validation, settings.network());
		final float[] balance = settings.loss().balance().weights(pixels);
		return new SupervisedTraining(TASK, settings, start, of(data), validation == null ? Data.NONE : of(
			validation)).train(losses(settings.loss()), (run, precision, state) -> new Job(run, settings, loader, balance,
				validation, precision, state), output, progress, log);
	}

	private static Data of(final PixelCache images) throws IOException {
		return new Data(images.fingerprint(), images.size());
	}

	private static List<String> losses(final SegmentationLoss loss) {
		return loss.cldice() > 0 ? LOSSES : LOSSES.subList(0, 3);
	}

	static Map<String, Object> attributes(final SegmentationSettings settings, final Precision precision) {
		final Map<String, Object> attributes = settings.network().scriptAttributes(precision);
		attributes.put("size", settings.network().size());
		attributes.put("cldice", settings.loss().cldice());
		attributes.put("iterations", settings.loss().iterations());
		return attributes;
	}

	private static final class Job extends SupervisedTraining.Job {

		private final SegmentationLoader loader;

		private final float[] balance;

		private final PixelCache validation;

		private final Script script;

		private final Precision precision;

		private Job(final Run run, final SegmentationSettings settings, final SegmentationLoader loader,
			final float[] balance, final PixelCache validation, final Precision precision, final TrainingState state)
		{
			super(run, loader.batchesPerEpoch(), state);
			this.loader = loader;
			this.balance = balance;
			this.validation = validation;
			script = Script.load("finetuning", "FineTuning", attributes(settings, precision), state.weights().device());
			this.precision = precision;
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) throws IOException {
			final SegmentationLoader.Batch batch = loader.load(scope, epoch, iteration);
			script.call(scope, "gradients", state().weights().all(), state().optimiser().gradients(), batch.images().image(),
				batch.images().labels(), batch.images().box(), batch.affine(), batch.tone(), batch.noise(), batch.branches(), scope
					.create(balance), state().lossSums());
		}

		@Override
		Map<String, Double> scores(final Progress progress) throws IOException {
			if (validation == null) return Map.of();
			try (Segmenter segmenter = new Segmenter(state().modelWeights(), precision)) {
				return Map.of("val_dice", Validation.dice(segmenter, validation, progress));
			}
		}

		@Override
		public void close() {
			script.close();
		}
	}
}
