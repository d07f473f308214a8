package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedLibraryTest {

	@TempDir
	Path folder;

	private Path library;

	@BeforeEach
	void make() throws IOException {
		library = Files.createDirectory(folder.resolve("lib"));
		Files.createFile(library.resolve(PytorchBuild.mainLibrary()));
	}

	@Test
	void theJniLibraryIsBuiltForPytorch271() {
		assertEquals("2.7.1", DjlJars.pytorch());
	}

	/** Python's package and libtorch's archive, each as it is. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { "version.py | __version__ = '2.7.1+cu126'", "build-version | 2.7.1+cpu" })
	void theRightOneIsTaken(final String file, final String content) throws IOException {
		Files.writeString(folder.resolve(file), "from typing import Optional\n".repeat(file.endsWith("py") ? 1 : 0) + content);
		NamedLibrary.require(library.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { "version.py | __version__ = '2.10.0+cu128'", "build-version | 2.10.0" })
	void anotherIsRefusedBeforeItEndsJava(final String file, final String content) throws IOException {
		Files.writeString(folder.resolve(file), content);
		final String message = assertThrows(IllegalArgumentException.class, () -> NamedLibrary.require(library.toString()))
			.getMessage();
		assertEquals("device: the environment variable PYTORCH_LIBRARY_PATH names " + library + ", which is PyTorch 2.10.0; " +
			"this version works with 2.7.1 alone. Install that one, or take the variable out to use the plugin's own PyTorch.",
			message);
	}

	@Test
	void aFolderWithoutVersionIsFineAndAMissingOneIsNot() {
		NamedLibrary.require(library.toString());
		final String message = assertThrows(IllegalArgumentException.class, () -> NamedLibrary.require(folder.resolve("none")
			.toString())).getMessage();
		assertTrue(message.contains("none, which is no folder. Correct it"), message);
	}

	/** DJL would pass over it in silence and take others. */
	@Test
	void aFolderWithoutPytorchIsRefused() {
		final String message = assertThrows(IllegalArgumentException.class, () -> NamedLibrary.require(folder.toString()))
			.getMessage();
		assertTrue(message.contains("holds no " + PytorchBuild.mainLibrary()), message);
	}
}
