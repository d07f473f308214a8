package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondCopiesTest {

	@TempDir
	Path folder;

	private URL jar(final String name, final String entry) throws IOException {
		final Path file = folder.resolve(name);
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
			jar.putNextEntry(new ZipEntry(entry));
			jar.closeEntry();
		}
		return file.toUri().toURL();
	}

	private static List<String> find(final URL... jars) throws IOException {
		try (URLClassLoader loader = new URLClassLoader(jars, null)) {
			return SecondCopies.find(loader);
		}
	}

	@Test
	void aLibraryInTwoJarsIsNamedWithBoth() throws IOException {
		final URL old = jar("gson-2.8.jar", "com/google/gson/Gson.class"), now = jar("gson-2.10.jar", "com/google/gson/Gson.class");
		final URL jna = jar("jna-5.jar", "com/sun/jna/Native.class");
		assertEquals(List.of("gson is there 2 times: " + folder.resolve("gson-2.8.jar") + ", " + folder.resolve("gson-2.10.jar")),
			find(old, now, jna));
		assertEquals(List.of(), find(now, jna));
	}

	/** Those of the build. */
	@Test
	void nothingIsThereTwiceHere() throws IOException {
		assertEquals(List.of(), SecondCopies.find(SecondCopies.class.getClassLoader()));
	}
}
