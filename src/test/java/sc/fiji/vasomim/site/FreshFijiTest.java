package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** update-site/fresh-fiji.sh with a download and an updater that only say that they were called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a POSIX shell's")
class FreshFijiTest {

	@TempDir
	private Path folder;

	@BeforeEach
	void playTheNetworkAndJava() throws IOException {
		Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/unzip")), "there is no unzip");
		program("curl", "while [ \"$1\" != -o ]; do shift; done; cp \"" + folder.resolve("download.zip") + "\" \"$2\"");
		program("java", "echo \"$@\" > \"" + folder.resolve("called") + "\"; exit ${UPDATER_FAILS:-0}");
	}

	private void program(final String name, final String line) throws IOException {
		final Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
		Files.writeString(file, "#!/bin/sh\n" + line + "\n");
		assertTrue(file.toFile().setExecutable(true));
	}

	private void download(final String... files) throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("download.zip")))) {
			for (final String file : files) zip.putNextEntry(new ZipEntry(file));
		}
	}

	private String fresh(final int exitCode, final String updaterFails) throws IOException, InterruptedException {
		final ProcessBuilder builder = new ProcessBuilder("sh", "update-site/fresh-fiji.sh", folder.resolve("a fiji").toString())
			.redirectErrorStream(true);
		builder.environment().put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
		builder.environment().put("JAVA_HOME", folder.toString());
		builder.environment().put("UPDATER_FAILS", updaterFails);
		final Process process = builder.start();
		final String said = new String(process.getInputStream().readAllBytes()).strip();
		assertEquals(exitCode, process.waitFor(), said);
		return said;
	}

	@Test
	void theOneWithAnUpdaterIsUpdatedAndNamed() throws IOException, InterruptedException {
		download("Fiji/jars/ij-1.54p.jar", "Fiji/jars/imagej-updater-2.0.3.jar", "Fiji/Contents/jars/other.jar");
		final Path fiji = folder.toRealPath().resolve("a fiji/Fiji");
		assertEquals(fiji.toString(), fresh(0, "0"));
		final String called = Files.readString(folder.resolve("called"));
		assertTrue(called.strip().endsWith("net.imagej.updater.CommandLine update"), called);
		assertTrue(called.contains("-Dimagej.dir=" + fiji + " "), called);
	}

	@Test
	void noneOrTwoAreRefused() throws IOException, InterruptedException {
		download("Fiji/jars/ij-1.54p.jar");
		assertEquals("fresh-fiji: there is not one Fiji with an updater in the download:", fresh(1, "0"));
		download("a/jars/imagej-updater-2.0.3.jar", "b/jars/imagej-updater-2.0.3.jar");
		Files.move(folder.resolve("a fiji"), folder.resolve("none"));
		assertTrue(fresh(1, "0").startsWith("fresh-fiji: there is not one Fiji with an updater in the download: "));
	}

	@Test
	void anUpdateThatFailsIsNoFreshFiji() throws IOException, InterruptedException {
		download("Fiji/jars/imagej-updater-2.0.3.jar");
		assertEquals("", fresh(1, "1"));
	}
}
