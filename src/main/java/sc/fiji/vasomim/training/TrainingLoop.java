package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.torch.Devices;

/** Runs a job over its epochs: logs, saves, stops on request with nothing lost, goes on where a run stopped. */
final class TrainingLoop {

	/** Steps between looks at the loss: each look waits for the device. */
	private static final int LOOK = 10;

	/** Most work that an end without warning loses, where epochs are long. */
	private static final Duration SAVE_AFTER = Duration.ofMinutes(15);

	private static final String POSITION = "position.json";

	private final RunFolder folder;

	private final TrainingJob job;

	private final int saveEvery;

	private final Duration saveAfter;

	private final Progress progress;

	private final Consumer<String> log;

	private Map<String, Double> losses = Map.of();

	/** Of the best epoch so far. */
	private Map<String, Double> scores = Map.of();

	/** The step that was saved last, and when; 0: none. */
	private long savedStep;

	private long savedTime;

	/** Where a run stands: {@code iteration} steps of epoch {@code epoch} are done. */
	private record Position(int epoch, int iteration, long logLength, Map<String, Double> losses,
		Map<String, Double> scores)
	{

		/** Runs of earlier versions had no scores. */
		private Position {
			if (scores == null) scores = Map.of();
		}
	}

	/** @param log where words for the user go */
	TrainingLoop(final RunFolder folder, final TrainingJob job, final int saveEvery, final Progress progress,
		final Consumer<String> log)
	{
		this(folder, job, saveEvery, SAVE_AFTER, progress, log);
	}

	/**
	 * @param saveEvery epochs between step folders
	 * @param saveAfter most time between them: then it is saved within an epoch
	 */
	TrainingLoop(final RunFolder folder, final TrainingJob job, final int saveEvery, final Duration saveAfter,
		final Progress progress, final Consumer<String> log)
	{
		this.folder = folder;
		this.job = job;
		this.saveEvery = saveEvery;
		this.saveAfter = saveAfter;
		this.progress = progress;
		this.log = log;
	}

	/**
	 * @param resumeFrom the step folder from which the job was restored; empty for a new run
	 * @return how it ended, the parts before a resume included
	 * @throws CancellationException after a stop was asked for; the run is saved
	 * @throws IllegalArgumentException if the loss is no number any more
	 */
	TrainingResult run(final Optional<Path> resumeFrom) throws IOException {
		final long start = System.nanoTime();
		final Position begin = resumeFrom.isPresent() ? Json.read(resumeFrom.get().resolve(POSITION), Position.class)
			: new Position(0, 0, 0, Map.of(), Map.of());
		losses = begin.losses;
		scores = begin.scores;
		folder.log().cut(begin.logLength);
		folder.keep(step -> job.keepEvery() > 0 && step % ((long) job.keepEvery() * job.stepsPerEpoch()) == 0);
		int iteration = begin.iteration;
		savedStep = steps(begin.epoch, iteration);
		savedTime = start;
		for (int epoch = begin.epoch; epoch < job.epochs(); epoch++) {
			for (; iteration < job.stepsPerEpoch(); iteration++) {
				if (progress.isCanceled() || Thread.currentThread().isInterrupted()) stop(epoch, iteration);
				step(epoch, iteration);
				if (steps(epoch, iteration + 1) % LOOK == 0) look(epoch, iteration + 1);
				if (isOverdue() && iteration + 1 < job.stepsPerEpoch()) save(epoch, iteration + 1);
				report(epoch, iteration + 1);
			}
			finishEpoch(epoch);
			iteration = 0;
		}
		if (scores.isEmpty()) job.writeModel(folder.model());
		else AtomicFile.write(folder.model(), out -> Files.copy(folder.best(), out));
		if (!scores.isEmpty() && first(scores) == 0) log.accept("No epoch had a " + scores.keySet().iterator().next() +
			" above 0 on the validation images: the model is that of the last one that was judged, and of no use yet. Train it " +
			"for longer, at another learning rate, or from trained weights.");
		return new TrainingResult(job.epochs(), steps(job.epochs(), 0), losses, scores, (System.nanoTime() - start) / 1e9, Devices
			.name(job.state().weights().device()), job.precision());
	}

	private void step(final int epoch, final int iteration) throws IOException {
		try {
			job.gradients(epoch, iteration);
		}
		catch (final IOException | RuntimeException | Error e) {
			if (job.survivesFailure()) rescue(epoch, iteration, e);
			throw e;
		}
		job.update(epoch, iteration);
	}

	private boolean isOverdue() {
		return System.nanoTime() - savedTime >= saveAfter.toNanos();
	}

	private void stop(final int epoch, final int iteration) throws IOException {
		// A thread that is interrupted can't write.
		final boolean interrupted = Thread.interrupted();
		try {
			save(epoch, iteration);
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
		throw new CancellationException("saved in epoch " + (epoch + 1) +
			"; run again with the same settings and output to go on");
	}

	/** Saves what came after the last step folder, before a failure that has left the weights alone ends the run. */
	private void rescue(final int epoch, final int iteration, final Throwable failure) {
		if (steps(epoch, iteration) == savedStep) return;
		// A thread that is interrupted can't write.
		final boolean interrupted = Thread.interrupted();
		try {
			save(epoch, iteration);
			log.accept("The run fails, but is saved up to step " + savedStep +
				": run again with the same settings and output to go on");
		}
		catch (final IOException | RuntimeException e) {
			failure.addSuppressed(e);
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	private void finishEpoch(final int epoch) throws IOException {
		look(epoch, job.stepsPerEpoch());
		final Map<String, Double> now = validate(epoch);
		final Map<String, Object> line = new LinkedHashMap<>();
		line.put("epoch", epoch + 1);
		line.put("step", steps(epoch + 1, 0));
		line.putAll(losses);
		line.putAll(now);
		line.put("train_lr", job.learningRate(epoch + 1 - 1.0 / job.stepsPerEpoch()));
		folder.log().add(line);
		job.state().clearLosses();
		if ((epoch + 1) % saveEvery == 0 || epoch + 1 == job.epochs() || isOverdue()) save(epoch + 1, 0);
		tellOthers(epoch);
	}

	private void tellOthers(final int epoch) {
		try {
			job.epochEnded(folder.path(), epoch);
		}
		catch (final IOException | RuntimeException e) {
			log.accept("Epoch " + (epoch + 1) + " could not be shown, but the run goes on: " + e);
		}
	}

	private Map<String, Double> validate(final int epoch) throws IOException {
		Map<String, Double> now = Map.of();
		try {
			now = job.validate(epoch, progress);
		}
		catch (final CancellationException e) {
			stop(epoch, job.stepsPerEpoch());
		}
		catch (final IOException | RuntimeException | Error e) {
			rescue(epoch, job.stepsPerEpoch(), e);
			throw e;
		}
		// Of equals the later one: before a network finds anything it scores 0, and has learnt more in each epoch.
		if (!now.isEmpty() && (scores.isEmpty() || first(now) >= first(scores))) {
			job.writeModel(folder.best());
			scores = now;
		}
		return now;
	}

	private static double first(final Map<String, Double> values) {
		return values.values().iterator().next();
	}

	private void look(final int epoch, final int iteration) {
		losses = job.losses(iteration);
		if (!losses.values().stream().allMatch(Double::isFinite)) throw diverged("loss is", epoch, iteration, job
			.failedBatch(epoch));
	}

	private IllegalArgumentException diverged(final String what, final int epoch, final int iteration,
		final String batch)
	{
		return new IllegalArgumentException(job.rateKey() + ": the " + what + " no number any more, in epoch " + (epoch + 1) +
			" within " + LOOK + " steps before step " + steps(epoch, iteration) + (batch.isEmpty() ? "" : ", first in " + batch) +
			", at a learning rate of " + (float) job.learningRate(epoch + (iteration - 1) / (double) job.stepsPerEpoch()) +
			(savedStep == 0 ? ". Nothing was saved before" : ". The weights of step-" + savedStep + " are sound") +
			". Begin again with a lower one in another output folder: a run keeps its own.");
	}

	private void report(final int epoch, final int iteration) {
		final String loss = losses.isEmpty() ? "" : String.format(Locale.ROOT, ", loss %.4f", first(losses));
		progress.report(steps(epoch, iteration), steps(job.epochs(), 0), "epoch " + (epoch + 1) + "/" + job.epochs() +
			loss);
	}

	private long steps(final int epoch, final int iteration) {
		return (long) epoch * job.stepsPerEpoch() + iteration;
	}

	private void save(final int epoch, final int iteration) throws IOException {
		// The loss tells of a step only at the next one, and a stop comes between two looks.
		if (!job.state().optimiser().isFinite()) throw diverged("network's weights are", epoch, iteration,
			"");
		final Position position = new Position(epoch, iteration, folder.log().length(), losses, scores);
		try {
			folder.saveStep(steps(epoch, iteration), step -> {
				job.save(step);
				Json.write(step.resolve(POSITION), position);
			});
			savedStep = steps(epoch, iteration);
			savedTime = System.nanoTime();
		}
		catch (final IOException e) {
			throw new IOException(e.getMessage() + ". The last sound step folder stays as it is: free space, or see why the " +
				"folder can't be written, and run again with the same settings to go on.", e);
		}
	}
}
