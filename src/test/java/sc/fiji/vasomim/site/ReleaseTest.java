package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** update-site/release.sh on copies of the files that it changes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a POSIX shell's")
class ReleaseTest {

	private static final List<String> FILES = List.of("pom.xml", "CHANGELOG.md", "CITATION.cff");

	@TempDir
	private Path project;

	@BeforeEach
	void copyTheFiles() throws IOException {
		Files.createDirectory(project.resolve("update-site"));
		Files.copy(Path.of("update-site/release.sh"), project.resolve("update-site/release.sh"));
		for (final String file : FILES) Files.copy(Path.of(file), project.resolve(file));
	}

	private String release(final String version, final int exitCode) throws IOException, InterruptedException {
		final Process process = new ProcessBuilder("sh", "update-site/release.sh", version).directory(project.toFile())
			.redirectErrorStream(true).start();
		final String said = new String(process.getInputStream().readAllBytes()).strip();
		assertEquals(exitCode, process.waitFor(), said);
		return said;
	}

	private String read(final String file) throws IOException {
		return Files.readString(project.resolve(file));
	}

	@Test
	void theVersionGetsIntoThreeFilesAndNothingElseChanges() throws IOException, InterruptedException {
		final String pom = read("pom.xml"), changelog = read("CHANGELOG.md"), citation = read("CITATION.cff");
		release("7.8.9", 0);
		assertTrue(read("pom.xml").contains("<artifactId>vasomim</artifactId>\n\t<version>7.8.9</version>"), read("pom.xml"));
		assertEquals(pom.replaceFirst("(<artifactId>vasomim</artifactId>\\s*<version>).*?<", "$17.8.9<"), read("pom.xml"));
		final String day = read("CITATION.cff").replaceFirst("(?s).*\ndate-released: (\\d{4}-\\d\\d-\\d\\d)\n.*", "$1");
		assertTrue(read("CITATION.cff").contains("\nversion: 7.8.9\ndate-released: " + day + "\n"));
		assertEquals(citation.replaceAll("(?m)^(version|date-released):.*\n", ""), read("CITATION.cff").replaceAll(
			"(?m)^(version|date-released):.*\n", ""));
		assertEquals(changelog.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [7.8.9] - " + day + "\n"), read(
			"CHANGELOG.md"));
	}

	@Test
	void nothingThatWasReleasedOrSaysNothingIsReleased() throws IOException, InterruptedException {
		release("7.8.9", 0);
		assertEquals("release: CHANGELOG.md has version 7.8.9 already", release("7.8.9", 1));
		assertEquals("release: CHANGELOG.md names no change below [Unreleased]; a release says what it brings", release(
			"7.8.10", 1));
		assertEquals("release: VERSION is three numbers, perhaps with -SNAPSHOT, such as 1.2.3, not next", release("next",
			1));
	}

	@Test
	void developmentGoesOnInThePomAlone() throws IOException, InterruptedException {
		final String changelog = read("CHANGELOG.md"), citation = read("CITATION.cff");
		release("7.9.0-SNAPSHOT", 0);
		assertTrue(read("pom.xml").contains("\t<version>7.9.0-SNAPSHOT</version>"));
		assertEquals(changelog, read("CHANGELOG.md"));
		assertEquals(citation, read("CITATION.cff"));
	}
}
