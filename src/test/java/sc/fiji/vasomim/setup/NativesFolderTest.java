package sc.fiji.vasomim.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.torch.PytorchBuild;

/** Installations without a network. */
class NativesFolderTest {

	private static final PytorchBuild CPU = PytorchBuild.CPU;

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

	private static Installation plan(final Path from) throws IOException {
		return Installation.plan(CPU, new NativesFolder(from));
	}

	private static String refused(final Path from) {
		return assertThrows(IllegalArgumentException.class, () -> plan(from)).getMessage();
	}

	private static void assertInstalled() throws IOException {
		for (final Map.Entry<String, byte[]> library : TinyNatives.libraries(CPU).entrySet())
			assertArrayEquals(library.getValue(), Files.readAllBytes(CPU.folder().resolve(library.getKey())));
		assertEquals(2, FileTree.files(CPU.folder()).size());
	}

	private Path libtorch(final PytorchBuild build, final String name) throws IOException {
		final Path libraries = Files.createDirectories(folder.resolve(name));
		for (final Map.Entry<String, byte[]> library : TinyNatives.libraries(build).entrySet())
			Files.write(libraries.resolve(library.getKey()), library.getValue());
		return libraries;
	}

	@Test
	void aCopyOfTheHostIsInstalledAndStaysAsItIs() throws IOException {
		final Path copy = TinyNatives.write(folder.resolve("2.7.1"), CPU);
		assertEquals(400_000, plan(copy).report().installed());
		assertFalse(Files.exists(folder.resolve("cache")));
		plan(copy).run(Progress.NONE);
		assertInstalled();
		assertEquals(3, FileTree.files(copy).size());
	}

	@Test
	void aDamagedCopyIsNamedAndKept() throws IOException {
		final Path copy = TinyNatives.write(folder.resolve("copy"), CPU);
		final Path file = copy.resolve(TinyNatives.path(CPU, PytorchBuild.mainLibrary()));
		final byte[] content = Files.readAllBytes(file);
		content[content.length / 2] ^= 1;
		Files.write(file, content);
		final String message = assertThrows(IOException.class, () -> plan(copy).run(Progress.NONE)).getMessage();
		assertTrue(message.contains("it is damaged (") && message.endsWith("Copy it again."), message);
		assertArrayEquals(content, Files.readAllBytes(file));
		assertFalse(CPU.isInstalled());
	}

	@Test
	void aCopyThatIsNotWholeIsRefused() throws IOException {
		final Path copy = TinyNatives.write(folder.resolve("copy"), CPU);
		Files.delete(copy.resolve(TinyNatives.path(CPU, PytorchBuild.mainLibrary())));
		final String message = assertThrows(IOException.class, () -> plan(copy)).getMessage();
		assertTrue(message.contains("is not there, but files.txt names it. Copy the whole build."), message);
	}

	@Test
	void anUnpackedLibtorchIsInstalledWithoutWhatPythonNeeds() throws IOException {
		libtorch(CPU, "libtorch/lib");
		for (final String other : new String[] { "libtorch_python.so", "torch_python.dll", "libjitbackend_test.so",
			"libshm.dylib", "libdjl_torch.so", "libtorch.a" })
			Files.writeString(folder.resolve("libtorch/lib").resolve(other), "other");
		Files.writeString(folder.resolve("libtorch/build-version"), "2.7.1+cpu\n");
		plan(folder.resolve("libtorch")).run(Progress.NONE);
		assertInstalled();
		FileTree.delete(folder.resolve("cache"));
		plan(folder.resolve("libtorch/lib")).run(Progress.NONE);
		assertInstalled();
	}

	@Test
	void aFolderOfAnotherCacheIsInstalled() throws IOException {
		plan(libtorch(CPU, "2.7.1-20250812-cpu-" + PytorchBuild.system())).run(Progress.NONE);
		assertInstalled();
	}

	@Test
	void anotherVersionBuildOrSystemIsRefused() throws IOException {
		assertTrue(refused(folder.resolve("none")).endsWith("is no folder. Check the path."));
		assertTrue(refused(folder).contains("holds neither files.txt nor " + PytorchBuild.mainLibrary()));
		assertTrue(refused(TinyNatives.write(folder.resolve("2.5.1"), CPU)).contains(
			"is PyTorch 2.5.1; this version works with 2.7.1 alone"));
		assertTrue(refused(libtorch(CPU, "2.5.1-cpu-" + PytorchBuild.system())).contains("is PyTorch 2.5.1"));
		assertTrue(refused(libtorch(CPU, "2.7.1-cpu-solaris-sparc")).contains("is for solaris-sparc, this machine is " +
			PytorchBuild.system()));
		assertTrue(refused(libtorch(CPU, "torch/lib")).contains("does not say its version"));
		Files.writeString(folder.resolve("torch/version.py"), "__version__ = '2.10.0+cpu'");
		assertTrue(refused(folder.resolve("torch")).contains("is PyTorch 2.10.0"));
		assertTrue(refused(libtorch(PytorchBuild.CUDA, "2.7.1-cu128-" + PytorchBuild.system())).contains(
			"is a build for CUDA. Choose another folder, or the other build."));
	}
}
