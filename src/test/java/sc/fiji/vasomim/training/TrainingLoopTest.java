package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/** Three epochs of four steps, whatever goes wrong in them; the weights themselves never move. */
class TrainingLoopTest {

	private static final int STEPS = 4;

	/** A parameter that tells which epoch it was. */
	private static final String MARKED = new Unext(5, 5, 5, 5, 5).parameters().get(0).name();

	@TempDir
	Path folder;

	private final List<String> log = new ArrayList<>();

	/** What is done in place of a pass over images, given the step from 0. */
	@FunctionalInterface
	private interface Pass {

		void add(int step) throws IOException;
	}

	/** What others do after each epoch. */
	private Pass shown = epoch -> {};

	private Pass validated = epoch -> {};

	/** Of each epoch; empty: it is not judged. */
	private List<Double> scored = List.of();

	private boolean survives = true;

	/** Of every step. */
	private float loss = 1;

	private final class Job extends TrainingJob {

		private final Pass pass;

		private Job(final TrainingState state, final Pass pass) {
			super("run", 3, STEPS, LearningRate.warmUpCosine(0.1, 1, 3), "rate", "float32", state);
			this.pass = pass;
		}

		@Override
		void addGradients(final NDManager scope, final int epoch, final int iteration) throws IOException {
			pass.add(epoch * STEPS + iteration);
			state().lossSums().addi(loss);
		}

		@Override
		boolean survivesFailure() {
			return survives;
		}

		@Override
		Map<String, Double> validate(final int epoch, final Progress progress) throws IOException {
			validated.add(epoch);
			if (scored.isEmpty()) return Map.of();
			final NDArray marked = state().weights().all().get(MARKED);
			marked.muli(0).addi(epoch + 1);
			return Map.of("val_map", scored.get(epoch));
		}

		@Override
		void epochEnded(final Path run, final int epoch) throws IOException {
			shown.add(epoch);
		}
	}

	private TrainingResult train(final Pass pass, final int saveEvery, final Duration saveAfter, final String name)
		throws IOException
	{
		try (RunFolder run = RunFolder.open(folder.resolve(name), Map.of("task", "test"), log::add)) {
			final Optional<Path> step = run.newestStep();
			final Unext network = new Unext(5, 5, 5, 5, 5);
			try (TrainingState state = new TrainingState(network, () -> Weights.initialise(network, 1, Device.cpu()), Device
				.cpu(), new Optimisation(0.9, 0.999, 0), List.of("train_loss"), step))
			{
				return new TrainingLoop(run, new Job(state, pass), saveEvery, saveAfter, Progress.NONE, log::add).run(step);
			}
		}
	}

	private TrainingResult train(final Pass pass) throws IOException {
		return train(pass, 3, Duration.ofDays(1), "run");
	}

	private boolean isSaved(final int step) {
		return Files.exists(folder.resolve("run/step-" + step));
	}

	private static Pass failingAt(final int failing, final Exception e) {
		return step -> {
			if (step != failing) return;
			if (e instanceof IOException) throw (IOException) e;
			throw (RuntimeException) e;
		};
	}

	/** An epoch may take days. */
	@Test
	void itIsSavedWithinAnEpochWhenTimeIsUp() throws IOException {
		final List<Boolean> saved = new ArrayList<>();
		train(step -> saved.add(step == 0 || isSaved(step)), 3, Duration.ZERO, "run");
		assertEquals(3 * STEPS, saved.size());
		assertFalse(saved.contains(false), saved.toString());
	}

	@Test
	void itIsNotSavedBeforeTimeIsUp() throws IOException {
		train(step -> assertFalse(isSaved(step), "step " + step));
		assertTrue(isSaved(3 * STEPS));
	}

	@Test
	void whatAFailureLeavesAloneIsSavedAndGoneOnFrom() throws IOException {
		final IOException failure = new IOException("the share is gone");
		assertSame(failure, assertThrows(IOException.class, () -> train(failingAt(6, failure))));
		assertTrue(isSaved(6));
		assertTrue(log.get(0).contains("saved up to step 6"), log.toString());
		final List<Integer> steps = new ArrayList<>();
		train(steps::add);
		assertEquals(List.of(6, 7, 8, 9, 10, 11), steps);
		train(step -> {}, 3, Duration.ofDays(1), "straight");
		for (final String file : new String[] { "log.jsonl", "model.safetensors", "step-12/optimiser.safetensors",
			"step-12/position.json" })
			assertArrayEquals(Files.readAllBytes(folder.resolve("straight").resolve(file)), Files.readAllBytes(folder.resolve(
				"run").resolve(file)), file);
	}

	@Test
	void aFailureThatMayHaveMovedSomethingIsNotSaved() {
		survives = false;
		assertThrows(IllegalStateException.class, () -> train(failingAt(6, new IllegalStateException())));
		assertFalse(isSaved(6));
	}

	@Test
	void aFailureBeforeAnythingIsLearntLeavesNothing() throws IOException {
		assertThrows(IOException.class, () -> train(failingAt(0, new IOException())));
		assertFalse(isSaved(0));
	}

	/** Before a network finds anything it scores 0, and has learnt more in each epoch. */
	@ParameterizedTest
	@CsvSource({ "0, 0, 0, 3", "0.5, 0.7, 0.7, 3", "0, 0.7, 0.5, 2", "0.5, 0, 0, 1" })
	void theModelIsThatOfTheBestEpochAndOfEqualsOfTheLast(final double first, final double second, final double third,
		final float best) throws IOException
	{
		scored = List.of(first, second, third);
		assertEquals(Math.max(first, Math.max(second, third)), train(step -> {}).scores().get("val_map"));
		try (Weights weights = ModelFile.read("model", folder.resolve("run/model.safetensors"), Network.class, Device
			.cpu()))
		{
			assertEquals(best, weights.all().get(MARKED).min().getFloat());
		}
		final boolean useless = log.stream().anyMatch(word -> word.startsWith("No epoch had a val_map above 0"));
		assertEquals(first + second + third == 0, useless, log.toString());
	}

	@Test
	void aFailedValidationLosesNoEpoch() throws IOException {
		validated = failingAt(1, new IllegalStateException("no memory"));
		assertThrows(IllegalStateException.class, () -> train(step -> {}));
		assertTrue(isSaved(2 * STEPS));
		validated = epoch -> {};
		final List<Integer> steps = new ArrayList<>();
		train(steps::add);
		assertEquals(STEPS, steps.size());
		assertEquals(3, Files.readAllLines(folder.resolve("run/log.jsonl")).size());
	}

	/** A full disk or a missing font is no reason to lose a training over its pictures. */
	@Test
	void whatCannotBeShownIsAWarningAndComesAfterTheSave() throws IOException {
		shown = epoch -> {
			assertTrue(isSaved((epoch + 1) * STEPS));
			if (epoch == 0) throw new IOException("no font");
			if (epoch == 1) throw new IllegalStateException("no memory");
		};
		assertEquals(3 * STEPS, train(step -> {}, 1, Duration.ofDays(1), "run").steps());
		assertEquals(2, log.size(), log.toString());
		assertTrue(log.get(0).contains("Epoch 1") && log.get(0).contains("no font") && log.get(1).contains("no memory"), log
			.toString());
	}

	@Test
	void anInterruptIsAStopThatSaves() throws IOException {
		try {
			assertThrows(CancellationException.class, () -> train(step -> {
				if (step == 2) Thread.currentThread().interrupt();
			}));
			assertTrue(Thread.currentThread().isInterrupted(), "those who asked can see it");
		}
		finally {
			Thread.interrupted();
		}
		assertTrue(isSaved(3));
	}

	/** After one epoch of warm-up, the rate falls from 0.1 by half a cosine over two; the second's last step is at 3/8. */
	@Test
	void divergenceNamesTheStepFolderThatThereIsAndTheRateOfThatMoment() throws IOException {
		final Exception none = assertThrows(IllegalArgumentException.class, () -> train(step -> diverge()));
		assertTrue(none.getMessage().startsWith("rate: the loss is no number any more, in epoch 1") && none.getMessage()
			.contains("Nothing was saved"), none.getMessage());
		loss = 1;
		final Exception e = assertThrows(IllegalArgumentException.class, () -> train(step -> {
			if (step == 5) diverge();
		}, 1, Duration.ofDays(1), "other"));
		assertTrue(e.getMessage().contains("in epoch 2") && e.getMessage().contains("step-4 are sound"), e.getMessage());
		final String rate = e.getMessage().replaceAll("(?s).*at a learning rate of (\\S+)\\. .*", "$1");
		assertEquals(0.05 * (1 + Math.cos(Math.PI * 3 / 8)), Double.parseDouble(rate), 1e-7);
	}

	private void diverge() {
		loss = Float.NaN;
	}
}
