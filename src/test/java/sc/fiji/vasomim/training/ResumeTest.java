package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.training.Runs.Trainer;

/** A run that was interrupted, however, ends in the same bits as one that was not. */
class ResumeTest {

	@TempDir
	static Path folder;

	private static final Map<String, Runs> STRAIGHT = new HashMap<>();

	/** The runs without a stop, once for all tests. */
	@BeforeAll
	static void runStraight() throws IOException {
		for (final String task : new String[] { "segmentor", "pretraining", "segmentation" }) {
			final Runs runs = new Runs(Files.createDirectory(folder.resolve(task)));
			final TrainingResult result = runs.run(runs.trainer(task), "straight", Progress.NONE);
			assertEquals(Runs.STEPS, result.steps());
			assertEquals(4, result.epochs());
			assertFalse(Arrays.equals(runs.bytes("straight", "step-4/model.safetensors"), runs.bytes("straight",
				"model.safetensors")), "training changes weights");
			STRAIGHT.put(task, runs);
		}
	}

	@BeforeEach
	void forgetWarnings() {
		STRAIGHT.values().forEach(runs -> runs.warnings.clear());
	}

	private static void assertSameEnd(final Runs runs, final String output) throws IOException {
		for (final String file : new String[] { "model.safetensors", "log.jsonl", "settings.json",
			"step-8/optimiser.safetensors", "step-8/position.json" })
			assertArrayEquals(runs.bytes("straight", file), runs.bytes(output, file), file);
		assertEquals(4, new String(runs.bytes(output, "log.jsonl"), StandardCharsets.UTF_8).lines().count());
	}

	/** Every stop is inside an epoch or between two; each step is a run of its own. */
	@ParameterizedTest
	@ValueSource(strings = { "segmentor", "pretraining", "segmentation" })
	void stoppedAfterEveryStep(final String task) throws IOException {
		final Runs runs = STRAIGHT.get(task);
		for (int step = 1; step < Runs.STEPS; step++) {
			runs.runSteps(runs.trainer(task), "stopped", 1);
			assertTrue(Files.exists(runs.output("stopped").resolve("step-" + step)));
			assertFalse(Files.exists(runs.output("stopped").resolve("model.safetensors")));
		}
		runs.run(runs.trainer(task), "stopped", Progress.NONE);
		assertSameEnd(runs, "stopped");
		assertTrue(runs.warnings.isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "segmentor", "pretraining", "segmentation" })
	void aDamagedStepIsPassedOverWithAWord(final String task) throws IOException {
		final Runs runs = STRAIGHT.get(task);
		runs.runSteps(runs.trainer(task), "damaged", 7);
		final Path newest = runs.output("damaged").resolve("step-7/optimiser.safetensors");
		final byte[] bytes = Files.readAllBytes(newest);
		bytes[bytes.length / 2] ^= 1;
		Files.write(newest, bytes);
		runs.run(runs.trainer(task), "damaged", Progress.NONE);
		assertEquals(1, runs.warnings.size());
		final String warning = runs.warnings.get(0);
		assertTrue(warning.contains("damaged") && warning.contains(newest.toString()), warning);
		assertSameEnd(runs, "damaged");
	}

	/** The log may be ahead of the last step folder, and a step folder may be half written. */
	@ParameterizedTest
	@ValueSource(strings = { "segmentor", "pretraining", "segmentation" })
	void aCrashLosesOnlyWhatWasNotSaved(final String task) throws IOException {
		final Runs runs = STRAIGHT.get(task);
		final Progress crash = new Progress() {

			@Override
			public void report(final long done, final long total, final String message) {
				if (done == 7) throw new IllegalStateException("power cut");
			}

			@Override
			public boolean isCanceled() {
				return false;
			}
		};
		assertThrows(IllegalStateException.class, () -> runs.run(runs.trainer(task), "crashed", crash));
		final Path output = runs.output("crashed");
		assertEquals(3, Files.readAllLines(output.resolve("log.jsonl")).size());
		Files.createDirectories(output.resolve("step-6.tmp"));
		Files.writeString(output.resolve("step-6.tmp/model.safetensors"), "half");
		Files.writeString(output.resolve("log.jsonl"), "{\"epoch\":", StandardOpenOption.APPEND);
		runs.run(runs.trainer(task), "crashed", Progress.NONE);
		assertSameEnd(runs, "crashed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "segmentor", "pretraining", "segmentation" })
	void aFinishedRunStaysAsItIs(final String task) throws IOException {
		final Runs runs = STRAIGHT.get(task);
		final byte[] model = runs.bytes("straight", "model.safetensors");
		final byte[] log = runs.bytes("straight", "log.jsonl");
		Files.delete(runs.output("straight").resolve("model.safetensors"));
		final TrainingResult again = runs.run(runs.trainer(task), "straight", Progress.NONE);
		assertEquals(Runs.STEPS, again.steps());
		assertArrayEquals(model, runs.bytes("straight", "model.safetensors"));
		assertArrayEquals(log, runs.bytes("straight", "log.jsonl"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "segmentor", "pretraining", "segmentation" })
	void aStopBeforeTheFirstStepIsARunToo(final String task) throws IOException {
		final Runs runs = STRAIGHT.get(task);
		final Trainer trainer = runs.trainer(task);
		for (int i = 0; i < 2; i++)
			assertThrows(CancellationException.class, () -> runs.run(trainer, "early", new Runs.StopAfter(0)));
		runs.run(trainer, "early", Progress.NONE);
		assertSameEnd(runs, "early");
	}
}
