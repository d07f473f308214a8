package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.Versions;
import sc.fiji.vasomim.training.BatchLoader.Batch;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/** Trains UNeXt-S on vascular masks: half cross-entropy, half soft Dice; Adam (VasoMIM's segmentor). */
public final class SegmentorTrainer {

	private static final Optimisation ADAM = new Optimisation(0.9, 0.999, 0);

	private static final List<String> LOSSES = List.of("train_loss", "train_bce_loss", "train_dice_loss");

	/** What is written into the run folder and, as provenance, into the model's header. */
	private record Run(String task, SegmentorSettings settings, String precision, String data, int images,
		Map<String, String> versions)
	{}

	private SegmentorTrainer() {}

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
		final Run run = new Run("segmentor", settings, precision.toString(), data.fingerprint(), data.size(), Versions
			.all());
		try (RunFolder folder = RunFolder.open(output, run, log)) {
			final Optional<Path> step = folder.newestStep();
			try (TrainingState state = new TrainingState(network, () -> Weights.initialise(network, settings.seed(), device),
				device, ADAM, LOSSES, step);
					Script script = Script.load("segmentor", "SegmentorTraining", Map.of("size", settings.size(), "kind",
						precision.kind()), device))
			{
				return new TrainingLoop(folder, new Job(run, loader, state, script), settings.saveevery(), progress, log).run(
					step);
			}
		}
	}

	/** The model for use in a finished run's folder. */
	public static Path model(final Path run) {
		return run.resolve(RunFolder.MODEL);
	}

	private static final class Job extends TrainingJob {

		private final Script script;

		private final BatchLoader loader;

		private Job(final Run run, final BatchLoader loader, final TrainingState state, final Script script) {
			super(run, run.settings.epochs(), loader.batchesPerEpoch(), LearningRate.polynomial(run.settings.rate(), run.settings.epochs()),
				"rate", run.precision, state);
			this.script = script;
			this.loader = loader;
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) throws IOException {
			final Batch batch = loader.load(scope, epoch, iteration);
			script.call(scope, "gradients", state().weights().all(), state().optimiser().gradients(), batch.image(), batch
				.labels(), batch.box(), batch.flip(), state().lossSums());
		}
	}
}
