package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlJarsTest {

	@Test
	void thoseOfTheBuildFit() {
		DjlJars.require();
		assertEquals("2.7.1", DjlJars.pytorch());
		assertEquals("0.35.1", DjlJars.djl());
	}

	@Test
	void wrongPairsAreNamed() {
		DjlJars.require("0.35.1", "2.7.1-0.35.1", null);
		DjlJars.require("0.35.1", "2.7.1-0.35.1", "2.7.1-20250812");
		assertUnfit("pytorch-jni 2.5.1-0.32.0 is there with pytorch-engine 0.35.1", "2.5.1-0.32.0", null);
		assertUnfit("pytorch-jni 2.7.1 is there with pytorch-engine 0.35.1", "2.7.1", null);
		assertUnfit("pytorch-native 2.5.1-20241120 is there with pytorch-jni 2.7.1-0.35.1", "2.7.1-0.35.1", "2.5.1-20241120");
	}

	private static void assertUnfit(final String pair, final String jni, final String libraries) {
		assertEquals("device: DJL's jars do not fit together: " + pair +
			". See that only the DJL jars of the plugin's update site are installed.", assertThrows(
				IllegalArgumentException.class, () -> DjlJars.require("0.35.1", jni, libraries)).getMessage());
	}

	@Test
	void twoOfThemAreRefusedByTheirFiles(@TempDir final Path folder) throws IOException {
		final Path old = Files.createDirectories(folder.resolve("old")), now = Files.createDirectories(folder.resolve("now"));
		for (final Path copy : List.of(old, now))
			Files.createFile(Files.createDirectories(copy.resolve("ai/djl/engine")).resolve("Engine.class"));
		try (URLClassLoader one = new URLClassLoader(new URL[] { now.toUri().toURL() }, null);
				URLClassLoader two = new URLClassLoader(new URL[] { now.toUri().toURL(), old.toUri().toURL() }, null))
		{
			DjlJars.requireOnce(one);
			assertEquals("device: DJL is there more than once: " + now.toUri().getPath().replaceAll("/$", "") + ", " + old.toUri()
				.getPath().replaceAll("/$", "") + ". See that only the DJL jars of the plugin's update site are installed.",
				assertThrows(IllegalArgumentException.class, () -> DjlJars.requireOnce(two)).getMessage());
		}
	}
}
