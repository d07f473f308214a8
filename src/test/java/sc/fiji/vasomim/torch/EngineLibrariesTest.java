package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the environment names, else what is installed, else a jar's: never another one in its place. */
class EngineLibrariesTest {

	private static final String JAR = "2.7.1-20250812";

	@TempDir
	Path folder;

	@BeforeEach
	void open() {
		System.setProperty("ENGINE_CACHE_DIR", folder.resolve("cache").toString());
	}

	@AfterEach
	void close() {
		System.clearProperty("ENGINE_CACHE_DIR");
	}

	private static EngineLibraries find(final Map<String, String> environment, final String jar) {
		return EngineLibraries.find(environment::get, jar);
	}

	private static String refused(final Map<String, String> environment, final String jar) {
		return assertThrows(IllegalArgumentException.class, () -> find(environment, jar)).getMessage();
	}

	private Path torch(final Path libraries, final PytorchBuild build) throws IOException {
		Files.createDirectories(libraries);
		Files.createFile(libraries.resolve(PytorchBuild.mainLibrary()));
		if (build == PytorchBuild.CUDA) Files.createFile(libraries.resolve(System.mapLibraryName("torch_cuda")));
		return libraries;
	}

	private static Map<String, String> settings(final Path libraries, final String flavour) {
		return Map.of("PYTORCH_LIBRARY_PATH", libraries.toString(), "PYTORCH_VERSION", "2.7.1", "PYTORCH_FLAVOR", flavour);
	}

	@Test
	void withoutAnyTheMessageSaysAllWays() {
		final String message = refused(Map.of(), null);
		for (final String word : new String[] { "device: PyTorch's libraries are not installed", "nothing is downloaded unasked",
			"Models > Engine Setup...", "PYTORCH_LIBRARY_PATH", PytorchBuild.CPU.folder().toString(), PytorchBuild.CUDA.folder()
				.toString() })
			assertTrue(message.contains(word), message);
	}

	@Test
	void aJarServesWhereNothingIsInstalled() {
		assertEquals(new EngineLibraries("a jar", Map.of()), find(Map.of(), JAR));
	}

	@Test
	void whatIsInstalledComesBeforeAJarAndThatForCudaFirst() throws IOException {
		final Path cpu = torch(PytorchBuild.CPU.folder(), PytorchBuild.CPU);
		assertEquals(new EngineLibraries("Engine Setup", settings(cpu, "cpu")), find(Map.of(), JAR));
		final Path cuda = torch(PytorchBuild.CUDA.folder(), PytorchBuild.CUDA);
		assertEquals(new EngineLibraries("Engine Setup", settings(cuda, "cu128")), find(Map.of(), JAR));
		assertEquals(settings(cpu, "cpu"), find(Map.of("PYTORCH_FLAVOR", "cpu"), JAR).settings());
	}

	/** DJL would take the jar's without a word. */
	@Test
	void whatTheEnvironmentAsksForIsNotReplaced() {
		final String message = refused(Map.of("PYTORCH_FLAVOR", "cu128"), JAR);
		assertTrue(message.contains("of the build cu128, which the environment variable PYTORCH_FLAVOR asks for"), message);
		assertTrue(refused(Map.of("PYTORCH_VERSION", "2.5.1"), JAR).contains("asks for PyTorch 2.5.1; this version works with " +
			"2.7.1 alone"));
	}

	@Test
	void aNamedLibraryWinsAndItsBuildIsSeen() throws IOException {
		torch(PytorchBuild.CUDA.folder(), PytorchBuild.CUDA);
		final Path cpu = torch(folder.resolve("cpu/lib"), PytorchBuild.CPU);
		final Path cuda = torch(folder.resolve("cuda/lib"), PytorchBuild.CUDA);
		assertEquals(new EngineLibraries("PYTORCH_LIBRARY_PATH", settings(cpu, "cpu")), find(Map.of("PYTORCH_LIBRARY_PATH", cpu
			.toString()), JAR));
		assertEquals(settings(cuda, "cu128"), find(Map.of("PYTORCH_LIBRARY_PATH", cuda.toString()), JAR).settings());
		assertEquals(settings(cuda, "cu126"), find(Map.of("PYTORCH_LIBRARY_PATH", cuda.toString(), "PYTORCH_FLAVOR", "cu126",
			"PYTORCH_VERSION", "2.7.1"), JAR).settings());
	}
}
