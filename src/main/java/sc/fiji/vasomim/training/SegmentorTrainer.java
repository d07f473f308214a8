package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.Versions;
import sc.fiji.vasomim.training.BatchLoader.Batch;
import sc.fiji.vasomim.training.BatchLoader.Slice;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/** Trains UNeXt-S on vascular masks: half cross-entropy, half soft Dice; Adam (VasoMIM's segmentor). */
public final class SegmentorTrainer {

	private static final String TASK = "segmentor";

	private static final Optimisation ADAM = new Optimisation(0.9, 0.999, 0);

	private static final List<String> LOSSES = List.of("train_loss", "train_bce_loss", "train_dice_loss");

	/** What is written into the run folder and, as provenance, into the model's header. */
	private record Run(String task, SegmentorSettings settings, String precision, String data, int images,
		Map<String, String> versions)
	{}

	private SegmentorTrainer() {}

	/**
	 * Refuses, before images are decoded for hours, what {@link #train} would refuse then. Writes nothing.
	 *
	 * @param images at most so many will be there
	 * @throws IllegalArgumentException if a setting can't work here, or the folder is in use or holds another run
	 */
	public static void check(final SegmentorSettings settings, final int images, final Path output) throws IOException {
		final Precision precision = Precision.parse(settings.precision(), Devices.parse(settings.device()));
		BatchLoader.images(images, 1, settings.batch());
		RunFolder.check(output, Map.of("task", TASK, "settings", settings, "precision", precision.toString()));
	}

	/**
	 * Trains, or goes on with the run in the folder.
	 *
	 * @param data angiograms and their masks
	 * @param output the run folder
	 * @param log where warnings go
	 * @throws IllegalArgumentException if a setting does not fit the data, or the folder holds another run
	 */
	public static TrainingResult train(final SegmentorSettings settings, final PixelCache data, final Path output,
		final Progress progress, final Consumer<String> log) throws IOException
	{
		// Before the folder is opened, so that a setting that can't work leaves nothing behind.
		final Device device = Devices.parse(settings.device());
		final Precision precision = Precision.parse(settings.precision(), device);
		final BatchLoader loader = new BatchLoader(data, settings.batch(), settings.minscale(), settings.seed());
		final Unext network = Unext.SMALL.with(List.of("vessel"), settings.size());
		final Run run = new Run(TASK, settings, precision.toString(), data.fingerprint(), data.size(), Versions
			.all());
		try (RunFolder folder = RunFolder.open(output, run, log)) {
			final Optional<Path> step = folder.newestStep();
			try (TrainingState state = new TrainingState(network, () -> Weights.initialise(network, settings.seed(), device),
				device, ADAM, LOSSES, step);
					Script script = Script.load("segmentor", "SegmentorTraining", Map.of("size", settings.size(), "kind",
						precision.kind()), device);
					Job job = new Job(run, loader, state, script))
			{
				return new TrainingLoop(folder, job, settings.saveevery(), progress, log).run(step);
			}
		}
	}

	/** The model for use in a finished run's folder. */
	public static Path model(final Path run) {
		return run.resolve(RunFolder.MODEL);
	}

	private static final class Job extends TrainingJob implements AutoCloseable {

		private final Script script;

		private final SegmentorSettings settings;

		private final BatchLoader loader;

		private final Prefetch prefetch;

		private final NDManager manager;

		/** The number of the first batch with a loss that is no number; 0 if there was none. */
		private final NDArray failed;

		private Job(final Run run, final BatchLoader loader, final TrainingState state, final Script script) {
			super(run, run.settings.epochs(), loader.batchesPerEpoch(), LearningRate.polynomial(run.settings.rate(),
				run.settings.epochs()), "rate", run.precision, state);
			this.script = script;
			this.loader = loader;
			settings = run.settings;
			prefetch = new Prefetch(loader);
			manager = state.newScope();
			failed = manager.zeros(new Shape());
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) throws IOException {
			final Batch batch = prefetch.take(slice(epoch, iteration), next(epoch, iteration)).to(scope);
			script.call(scope, "gradients", state().weights().all(), state().optimiser().gradients(), batch.image(), batch
				.labels(), batch.box(), batch.flip(), state().lossSums(), iteration + 1, failed);
		}

		private Slice next(final int epoch, final int iteration) {
			return iteration + 1 < stepsPerEpoch() ? slice(epoch, iteration + 1) : epoch + 1 < epochs() ? slice(epoch + 1, 0)
				: null;
		}

		private Slice slice(final int epoch, final int iteration) {
			return new Slice(epoch, iteration, 0, settings.batch());
		}

		@Override
		String failedBatch(final int epoch) {
			final int number = (int) failed.getFloat();
			return number == 0 ? "" : loader.describe(epoch, number - 1);
		}

		@Override
		public void close() {
			prefetch.close();
			manager.close();
		}
	}
}
