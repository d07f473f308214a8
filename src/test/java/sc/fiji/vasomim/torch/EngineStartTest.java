package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a Java of its own: an engine starts once. */
class EngineStartTest {

	/** What it says, and whether DJL's settings were put back. */
	public static final class Start {

		public static void main(final String[] args) {
			EngineLog.tell(line -> System.out.println("info: " + line), line -> System.out.println("warning: " + line));
			try {
				Devices.parse("cpu");
				Devices.newManager(Devices.parse("cpu")).close();
				Devices.newManager(Devices.parse("cpu")).close();
			}
			catch (final IllegalArgumentException e) {
				System.out.println("refused: " + e.getMessage());
			}
			for (final String name : List.of("PYTORCH_LIBRARY_PATH", "ai.djl.offline", "OPT_OUT_TRACKING"))
				System.out.println(System.getProperty(name));
		}
	}

	@TempDir
	Path folder;

	private List<String> start(final boolean jar, final String... properties) throws IOException, InterruptedException {
		final String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(path -> jar ||
			!path.contains("pytorch-native")).collect(Collectors.joining(File.pathSeparator));
		final List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
		words.addAll(List.of(properties));
		words.addAll(List.of("-cp", jars, Start.class.getName()));
		final ProcessBuilder builder = new ProcessBuilder(words).redirectError(folder.resolve("errors").toFile());
		builder.environment().keySet().removeIf(name -> name.startsWith("PYTORCH_"));
		final Process process = builder.start();
		final List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
		assertEquals(0, process.waitFor(), () -> lines + read(folder.resolve("errors")));
		return lines;
	}

	private static String read(final Path file) {
		try {
			return Files.readString(file);
		}
		catch (final IOException e) {
			return e.getMessage();
		}
	}

	@Test
	void withoutLibrariesNothingIsDownloadedAndTheRemediesAreNamed() throws IOException, InterruptedException {
		final Path cache = folder.resolve("cache");
		final List<String> lines = start(false, "-DENGINE_CACHE_DIR=" + cache);
		assertTrue(lines.get(0).startsWith("refused: device: PyTorch's libraries are not installed, and nothing is downloaded " +
			"unasked. Run Plugins > VasoMIM > Models > Engine Setup..."), lines.toString());
		assertFalse(Files.exists(cache));
	}

	/** The libraries of the build's jar, which DJL has in its cache by now, as Engine Setup would leave them. */
	@Test
	void oneLineSaysVersionsAndDevicesAndSettingsArePutBack() throws IOException, InterruptedException {
		final String library = EngineState.now().library();
		final Path installed = Files.createDirectories(folder.resolve("cache/pytorch")).resolve(PytorchBuild.CPU.folder()
			.getFileName());
		try {
			Files.createSymbolicLink(installed, Path.of(library));
		}
		catch (final IOException | UnsupportedOperationException e) {
			Assumptions.abort("this system makes no links: " + e);
		}
		final List<String> lines = start(false, "-DENGINE_CACHE_DIR=" + folder.resolve("cache"), "-Dai.djl.offline=false");
		assertEquals(4, lines.size(), lines.toString());
		assertTrue(lines.get(0).matches("info: VasoMIM \\S+, PyTorch 2\\.7\\.1 \\(DJL 0\\.35\\.1, libraries of Engine Setup\\), " +
			"Java \\S+, .*, devices: cpu.*"), lines.get(0));
		assertEquals(List.of("null", "false", "null"), lines.subList(1, 4));
	}
}
