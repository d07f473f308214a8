package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Versions;
import sc.fiji.vasomim.training.TrainingState.Beginning;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/** What trainings on drawn truth share, whatever is learnt: begins a run, or goes on with the one in the folder. */
final class SupervisedTraining {

	private static final double BETA1 = 0.9;

	private static final double BETA2 = 0.999;

	/** A data set as run folders name it. */
	record Data(String fingerprint, int images) {

		static final Data NONE = new Data("", 0);
	}

	/** What is written into the run folder and, as provenance, into the model's header. */
	record Run(String task, SupervisedSettings settings, String precision, String start, String data, int images,
		String heldOut, int heldOutImages, Map<String, String> versions)
	{}

	/** Makes what trains, with what it must close. */
	@FunctionalInterface
	interface Opener {

		Job open(Run run, Precision precision, TrainingState state);
	}

	/** What is trained, with the scripts that it has opened. */
	abstract static class Job extends TrainingJob implements AutoCloseable {

		private final SupervisedSettings settings;

		Job(final Run run, final int stepsPerEpoch, final TrainingState state) {
			super(run, run.settings.epochs(), stepsPerEpoch, run.settings.schedule().rate(run.settings.rate(), run.settings
				.warmup(), run.settings.epochs()), "rate", run.precision, state);
			settings = run.settings;
		}

		/** Of held-out images; empty if there are none. */
		abstract Map<String, Double> scores(Progress progress) throws IOException;

		@Override
		final Map<String, Double> validate(final int epoch, final Progress progress) throws IOException {
			final boolean due = (epoch + 1) % settings.validateevery() == 0 || epoch + 1 == settings.epochs();
			return due ? scores(progress) : Map.of();
		}

		@Override
		public abstract void close();
	}

	private final SupervisedSettings settings;

	private final Device device;

	private final Precision precision;

	private final StartWeights trained;

	private final Run run;

	/**
	 * Looks at all that can be wrong, before anything is written.
	 *
	 * @param start model file whose weights a new run begins with; null: all are drawn
	 */
	SupervisedTraining(final String task, final SupervisedSettings settings, final Path start, final Data data,
		final Data heldOut) throws IOException
	{
		settings.check(start);
		this.settings = settings;
		device = Devices.parse(settings.device());
		precision = Precision.parse(settings.precision(), device);
		trained = start == null ? null : new StartWeights(start, settings.network());
		run = new Run(task, settings, precision.toString(), start == null ? "" : Sha256.of(start), data.fingerprint, data.images,
			heldOut.fingerprint, heldOut.images, Versions.all());
	}

	/** @param losses names of the sums that the job makes */
	TrainingResult train(final List<String> losses, final Opener opener, final Path output, final Progress progress,
		final Consumer<String> log) throws IOException
	{
		try (RunFolder folder = RunFolder.open(output, run, log)) {
			final Optional<Path> step = folder.newestStep();
			try (TrainingState state = new TrainingState(settings.network(), Beginning.of(settings.network(), settings
				.seed(), trained, device, log), device, optimisation(), losses, step);
					Job job = opener.open(run, precision, state))
			{
				return new TrainingLoop(folder, job, settings.saveevery(), progress, log).run(step);
			}
		}
	}

	private Optimisation optimisation() {
		return new Optimisation(BETA1, BETA2, parameter -> settings.finetuning().rule(settings.network(), parameter, settings
			.decay()), settings.finetuning().clip(), settings.average());
	}
}
