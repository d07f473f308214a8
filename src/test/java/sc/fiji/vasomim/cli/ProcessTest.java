package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as a process: its streams, its exit code, and what a signal does to it. */
class ProcessTest {

	@TempDir
	private Path folder;

	private Path out;

	private Path err;

	@BeforeEach
	void nameTheStreams() {
		out = folder.resolve("out");
		err = folder.resolve("err");
	}

	@Test
	void theProgramShowsItsHelp() throws Exception {
		assertEquals(0, start(VasoMIM.class, "--help").waitFor());
		assertTrue(Files.readString(out).startsWith("Usage: vasomim"), Files.readString(out));
		assertEquals("", Files.readString(err));
	}

	@Test
	void onlyTheResultIsOnStdoutWhateverLibrariesPrint() throws Exception {
		assertEquals(0, start(TrialMain.class, "demo").waitFor());
		assertEquals("{\"status\":\"success\",\"done\":1,\"failed\":0}", Files.readString(out).strip());
		final String log = Files.readString(err);
		assertTrue(log.contains("a line of log"), log);
		assertTrue(log.contains("a library's chatter"), log);
		assertTrue(log.contains(" 50 %  halfway"), log);
	}

	@Test
	void theExitCodeIsTheCommands() throws Exception {
		assertEquals(3, start(TrialMain.class, "trial-tally").waitFor());
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM" })
	void aSignalLetsTheCommandEndSoundly(final String signal) throws Exception {
		final Path output = folder.resolve("output");
		final Process process = start(TrialMain.class, "trial-endless", "--output", output.toString());
		try {
			waitForProgress(process);
			assumeTrue(handles(process, signal), "this process was started with " + signal + " ignored");
			kill(process, signal);
			assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
		}
		finally {
			process.destroyForcibly();
		}
		assertEquals(130, process.exitValue(), Files.readString(err));
		assertEquals("sound", Files.readString(output));
		assertEquals("{\"status\":\"stopped\",\"message\":\"Stopped: after the last whole step\"}",
			Files.readString(out).strip());
	}

	private Process start(final Class<?> main, final String... args) throws IOException {
		final List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path"), main.getName()));
		words.addAll(List.of(args));
		final ProcessBuilder builder = new ProcessBuilder(words);
		// What such variables do to a Java machine, it says on stderr.
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
	}

	private void waitForProgress(final Process process) throws Exception {
		while (process.isAlive() && !Files.readString(err).contains("at work")) Thread.sleep(20);
		assertTrue(process.isAlive(), Files.readString(err));
	}

	/** A shell starts its background jobs with SIGINT ignored, which children inherit and Java respects. */
	private static boolean handles(final Process process, final String signal) throws IOException {
		final Path status = Path.of("/proc/" + process.pid() + "/status");
		if (!Files.exists(status) || !signal.equals("INT")) return true;
		final String ignored = Files.readAllLines(status).stream().filter(l -> l.startsWith("SigIgn:")).findFirst()
			.orElseThrow().substring("SigIgn:".length()).strip();
		final int number = 2;
		return (Long.parseUnsignedLong(ignored, 16) >> number - 1 & 1) == 0;
	}

	private static void kill(final Process process, final String signal) throws Exception {
		assumeTrue(Path.of("/bin/sh").toFile().exists(), "no signals on this system");
		assertEquals(0, new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor());
	}
}
