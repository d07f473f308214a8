package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;

import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.training.BatchLoader.Slice;

/** Pre-training, step by step. */
final class PretrainingJob extends TrainingJob {

	private final PretrainingSettings settings;

	private final BatchLoader loader;

	private final Replicas replicas;

	private final TrainingMonitor monitor;

	PretrainingJob(final Pretrainer.Run run, final BatchLoader loader, final TrainingState state,
		final Replicas replicas, final TrainingMonitor monitor)
	{
		super(run, run.settings().epochs(), loader.batchesPerEpoch(), LearningRate.warmUpCosine(run.settings().peakRate(), run
			.settings().warmup(), run.settings().epochs()), "baserate", run.precision(), state);
		this.settings = run.settings();
		this.loader = loader;
		this.replicas = replicas;
		this.monitor = monitor;
	}

	@Override
	void addGradients(final NDManager scope, final int epoch, final int iteration) throws IOException {
		replicas.addGradients(slice(epoch, iteration), iteration + 1 < stepsPerEpoch() ? slice(epoch, iteration + 1)
			: epoch + 1 < epochs() ? slice(epoch + 1, 0) : null);
	}

	private Slice slice(final int epoch, final int iteration) {
		return new Slice(epoch, iteration, 0, settings.batch());
	}

	@Override
	boolean survivesFailure() {
		return true;
	}

	@Override
	int keepEvery() {
		return settings.keepevery();
	}

	@Override
	void epochEnded(final Path run, final int epoch) throws IOException {
		monitor.epochEnded(run, epoch + 1, state().modelWeights());
	}

	@Override
	String failedBatch(final int epoch) {
		final int number = replicas.all().stream().mapToInt(replica -> (int) replica.failed().getFloat()).filter(n -> n > 0)
			.min().orElse(0);
		return number == 0 ? "" : loader.describe(epoch, number - 1);
	}
}
