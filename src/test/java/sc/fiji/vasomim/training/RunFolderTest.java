package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

	private record Settings(String task, int epochs, double rate, long seed, Inner inner) {}

	private record Inner(String data) {}

	private static final Settings SETTINGS = new Settings("test", 3, 1e-3, 9_007_199_254_740_993L, new Inner("abc"));

	@TempDir
	Path folder;

	private void assertRefused(final Object settings, final String... words) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> RunFolder.open(folder, settings, w -> {}).close());
		for (final String word : words)
			assertTrue(e.getMessage().contains(word), e.getMessage());
	}

	@Test
	void oneHandleAtATime() throws IOException, InterruptedException {
		try (RunFolder first = RunFolder.open(folder, SETTINGS, w -> {})) {
			assertRefused(SETTINGS, "output: another training run is using", folder.toString());
			// POSIX forgets a process's locks with any handle on the file that it closes.
			assertFalse(anotherProcessGetsTheLock(), "the refusal has not given the lock away");
		}
		assertTrue(anotherProcessGetsTheLock());
		RunFolder.open(folder, SETTINGS, w -> {}).close();
	}

	private boolean anotherProcessGetsTheLock() throws IOException, InterruptedException {
		final Process other = java(Taker.class);
		final boolean gets = other.getInputStream().read() == 'y';
		other.waitFor();
		return gets;
	}

	private Process java(final Class<?> program) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System
			.getProperty("java.class.path"), program.getName(), folder.resolve("run.lock").toString()).redirectError(
				ProcessBuilder.Redirect.INHERIT).start();
	}

	/** Another process: says whether it gets the lock. */
	static final class Taker {

		public static void main(final String[] args) throws IOException {
			try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
				System.out.print(file.tryLock() == null ? "n" : "y");
			}
		}
	}

	@Test
	void oneProcessAtATime() throws IOException, InterruptedException {
		RunFolder.open(folder, SETTINGS, w -> {}).close();
		final Process other = java(Holder.class);
		try {
			assertEquals('h', other.getInputStream().read(), "the other process holds the lock");
			assertRefused(SETTINGS, "another training run");
		}
		finally {
			other.destroy();
			other.waitFor();
		}
		RunFolder.open(folder, SETTINGS, w -> {}).close();
	}

	/** Another process: locks the file, says so, and waits to be ended. */
	static final class Holder {

		public static void main(final String[] args) throws IOException, InterruptedException {
			try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
				file.lock();
				System.out.print("h");
				System.out.flush();
				Thread.sleep(60_000);
			}
		}
	}

	@Test
	void otherSettingsAreRefusedByName() throws IOException {
		begin();
		RunFolder.open(folder, new Settings("test", 3, 1e-3, SETTINGS.seed, new Inner("abc")), w -> {}).close();
		assertRefused(new Settings("test", 4, 2e-3, SETTINGS.seed, new Inner("abc")), "epochs was 3, now 4",
			"rate was 0.001, now 0.002", "choose another folder");
		assertRefused(new Settings("test", 3, 1e-3, SETTINGS.seed, new Inner("abd")),
			"inner.data was \"abc\", now \"abd\"");
		assertRefused(Map.of("task", "test"), "seed was 9007199254740993, now null");
	}

	/** Beyond 2^53 two seeds may be one as floating point numbers. */
	@Test
	void neighbouringSeedsAreTwoRuns() throws IOException {
		begin();
		assertRefused(new Settings("test", 3, 1e-3, SETTINGS.seed - 1, new Inner("abc")), "seed was 9007199254740993",
			"now 9007199254740992");
	}

	@Test
	void aFolderThatHoldsSomethingElseIsRefused() throws IOException {
		final Path file = Files.createFile(folder.resolve("file"));
		assertThrows(IllegalArgumentException.class, () -> RunFolder.open(file, SETTINGS, w -> {}));
		assertThrows(IllegalArgumentException.class, () -> RunFolder.open(null, SETTINGS, w -> {}));
		assertRefused(SETTINGS, "holds files, but no training run");
	}

	/** As a kill leaves it while the settings are first written. */
	@Test
	void aRunKilledBeforeItBeganIsBegun() throws IOException {
		final Path half = Files.writeString(folder.resolve(".settings.json.12345678-1234-1234-1234-123456789abc.tmp"), "{");
		RunFolder.open(folder, SETTINGS, w -> {}).close();
		assertTrue(Files.exists(folder.resolve("settings.json")));
		assertFalse(Files.exists(half), "and it does not lie about for ever");
	}

	@Test
	void whatAKilledRunHadHalfWrittenOrHalfRemovedGoes() throws IOException {
		begin();
		Files.writeString(Files.createDirectory(folder.resolve("step-7.tmp")).resolve("model"), "half");
		final Path another = Files.createFile(folder.resolve("notes.tmp"));
		assertRefused(new Settings("test", 4, 1e-3, SETTINGS.seed, new Inner("abc")), "epochs was 3");
		assertTrue(Files.exists(folder.resolve("step-7.tmp")), "another run's is left alone");
		RunFolder.open(folder, SETTINGS, w -> {}).close();
		assertFalse(Files.exists(folder.resolve("step-7.tmp")));
		assertTrue(Files.exists(another));
	}

	/** As much as is known before the data are. */
	@Test
	void anotherRunAndAFolderInUseAreSeenBeforehand() throws IOException {
		RunFolder.check(folder.resolve("new"), Map.of("epochs", 4));
		RunFolder.check(folder, Map.of("epochs", 4));
		begin();
		RunFolder.check(folder, Map.of("epochs", 3, "seed", SETTINGS.seed));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> RunFolder.check(folder, Map.of("epochs", 4)))
			.getMessage().contains("epochs was 3, now 4"));
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			assertTrue(assertThrows(IllegalArgumentException.class, () -> RunFolder.check(folder, Map.of("epochs", 3)))
				.getMessage().contains("another training run"));
		}
		Files.delete(folder.resolve("settings.json"));
		assertThrows(IllegalArgumentException.class, () -> RunFolder.check(folder, Map.of("epochs", 3)));
	}

	@Test
	void damagedSettingsAreNamed() throws IOException {
		begin();
		Files.writeString(folder.resolve("settings.json"), "{");
		final Exception e = assertThrows(IOException.class, () -> RunFolder.open(folder, SETTINGS, w -> {}));
		assertTrue(e.getMessage().contains("settings.json"), e.getMessage());
	}

	/** Stopped while the first epoch ran: there is nothing that other settings could spoil. */
	@Test
	void aRunWithoutAnyResultTakesNewSettings() throws IOException {
		RunFolder.open(folder, SETTINGS, w -> {}).close();
		RunFolder.open(folder, new Settings("other", 9, 1, 1, new Inner("x")), w -> {}).close();
		assertTrue(Files.readString(folder.resolve("settings.json")).contains("other"));
	}

	private void begin() throws IOException {
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			run.log().add(Map.of("epoch", 1));
		}
	}

	@Test
	void theNewestSoundStepWins() throws IOException {
		final List<String> warnings = new ArrayList<>();
		try (RunFolder run = RunFolder.open(folder, SETTINGS, warnings::add)) {
			assertEquals(Optional.empty(), run.newestStep());
			for (final int step : new int[] { 2, 9, 10, 100 })
				save(run, step);
			assertFalse(Files.exists(folder.resolve("step-9")), "two are kept");
			Files.createDirectory(folder.resolve("step-200.tmp"));
			assertEquals(folder.resolve("step-100"), run.newestStep().get());
			assertEquals(List.of(), warnings);
			Files.writeString(folder.resolve("step-100/a"), "contents");
			assertEquals(folder.resolve("step-10"), run.newestStep().get());
			assertEquals(1, warnings.size());
			assertTrue(warnings.get(0).matches("(?s).*damaged.*step-100.*going back to step-10"), warnings.toString());
		}
	}

	private static void save(final RunFolder run, final int step) throws IOException {
		run.saveStep(step, f -> Files.writeString(f.resolve("a"), "content"));
	}

	/** To begin anew would take the log from them, and in the end, the room. */
	@Test
	void aRunWithoutASoundStepIsNotBegunAnew() throws IOException {
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			save(run, 1);
			Files.writeString(folder.resolve("step-1/a"), "contents");
			final Exception e = assertThrows(IllegalArgumentException.class, run::newestStep);
			assertTrue(e.getMessage().startsWith("output: no step folder") && e.getMessage().contains("step-1/a has 8 bytes") &&
				e.getMessage().contains("another folder"), e.getMessage());
		}
	}

	/** A link that leads to itself can't be read by anybody, as a file on a share that has gone. */
	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
	void aStepThatCannotBeReadIsNotTakenForDamaged() throws IOException {
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			save(run, 1);
			save(run, 2);
			Files.delete(folder.resolve("step-2/a"));
			Files.createSymbolicLink(folder.resolve("step-2/a"), folder.resolve("step-2/a"));
			final Exception e = assertThrows(IOException.class, run::newestStep);
			assertTrue(e.getMessage().contains("Cannot read " + folder.resolve("step-2")) && e.getMessage().contains(
				"move it elsewhere"), e.getMessage());
		}
	}

	/** Neither their order nor their number makes a damaged, later step outlive the sound ones. */
	@Test
	void damagedStepsTakeNoSoundOnesPlace() throws IOException {
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			for (final int step : new int[] { 5, 8, 19 })
				save(run, step);
			Files.writeString(folder.resolve("step-19/a"), "contents");
			save(run, 9);
			assertEquals(Set.of("step-8", "step-9", "step-19"), stepFolders());
			assertEquals(folder.resolve("step-9"), run.newestStep().get());
		}
	}

	private Set<String> stepFolders() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).filter(name -> name.startsWith("step-")).collect(Collectors
				.toSet());
		}
	}

	/** What is in the way of removing: the folder that it would be renamed to is not empty. */
	@Test
	void anOldStepThatCannotBeRemovedIsAWarning() throws IOException {
		final List<String> warnings = new ArrayList<>();
		try (RunFolder run = RunFolder.open(folder, SETTINGS, warnings::add)) {
			save(run, 1);
			save(run, 2);
			Files.createFile(Files.createDirectory(folder.resolve("step-1.tmp")).resolve("file"));
			save(run, 3);
			assertEquals(folder.resolve("step-3"), run.newestStep().get());
		}
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("Cannot remove the old " + folder.resolve("step-1")), warnings.toString());
	}

	@Test
	void somePastStepsStayForGood() throws IOException {
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			run.keep(step -> step % 10 == 0);
			for (int step = 5; step <= 35; step += 5)
				save(run, step);
			assertEquals(Set.of("step-10", "step-20", "step-25", "step-30", "step-35"), stepFolders());
		}
	}

	@Test
	void aStepThatCannotBeWrittenLeavesTheOneBefore() throws IOException {
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			save(run, 1);
			assertThrows(IOException.class, () -> run.saveStep(2, f -> {
				Files.writeString(f.resolve("a"), "half of the cont");
				throw new IOException("No space left on device");
			}));
			assertFalse(Files.exists(folder.resolve("step-2")) || Files.exists(folder.resolve("step-2.tmp")));
			assertEquals(folder.resolve("step-1"), run.newestStep().get());
		}
	}

	@Test
	void theLogGrowsByLinesAndCanBeCut() throws IOException {
		try (RunFolder run = RunFolder.open(folder, SETTINGS, w -> {})) {
			assertEquals(0, run.log().length());
			run.log().add(Map.of("epoch", 1));
			final long length = run.log().length();
			run.log().add(Map.of("epoch", 2));
			run.log().cut(length);
			run.log().add(Map.of("epoch", 3));
			run.log().cut(length);
			run.log().add(Map.of("epoch", 4));
			assertEquals("{\"epoch\":1}\n{\"epoch\":4}\n", Files.readString(folder.resolve("log.jsonl")));
			assertEquals("{\"epoch\":2}\n{\"epoch\":3}\n", Files.readString(folder.resolve("log.cut.jsonl")));
		}
	}
}
