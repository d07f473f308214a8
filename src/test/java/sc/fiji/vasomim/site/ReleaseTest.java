package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

	private String release(final String version, final int exitCode, final String... trees) throws IOException,
		InterruptedException
	{
		final List<String> words = new ArrayList<>(List.of("sh", "update-site/release.sh", version));
		words.addAll(List.of(trees));
		final Process process = new ProcessBuilder(words).directory(project.toFile()).redirectErrorStream(true).start();
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
	}

	@Test
	void aVersionIsThreeNumbersAndNewer() throws IOException, InterruptedException {
		for (final String version : List.of("next", "1.2", "1.2.3.4", "1..2", "1.2.3-beta", "1.2.3\n", "1.2.3\n4.5.6", ""))
			assertEquals(("release: VERSION is three numbers, perhaps with -SNAPSHOT, such as 1.2.3, not " + version).strip(),
				release(version, 1));
		release("7.10.0-SNAPSHOT", 0);
		for (final String version : List.of("7.9.11", "7.9.11-SNAPSHOT", "0.99.0", "7.10.0-SNAPSHOT"))
			assertEquals("release: " + version + " is not newer than 7.10.0-SNAPSHOT, the version in pom.xml", release(version,
				1));
		release("7.10.0", 0);
		assertEquals("release: 7.10.0-SNAPSHOT is not newer than 7.10.0, the version in pom.xml", release("7.10.0-SNAPSHOT",
			1));
	}

	@Test
	void whatFailsChangesNothing() throws IOException, InterruptedException {
		final Path taken = Files.createDirectories(project.resolve("taken/plugins")).getParent();
		assertEquals("release: taken is not empty; name a new folder", release("7.8.9", 1, "taken"));
		assertEquals("release: nowhere is no tree of stage.sh", release("7.8.9", 1, "new", "nowhere"));
		Files.writeString(project.resolve("update-site/stage.sh"), "#!/bin/sh\necho stage: no tree >&2\nexit 1\n");
		assertTrue(project.resolve("update-site/stage.sh").toFile().setExecutable(true));
		assertEquals("stage: no tree", release("7.8.9", 1, "new", taken.toString()));
		for (final String file : FILES) assertEquals(Files.readString(Path.of(file)), read(file));
		Files.writeString(project.resolve("CITATION.cff"), "");
		assertEquals("release: CITATION.cff stays as it was; is it of version 7.8.9 already?", release("7.8.9", 1));
		assertEquals(Files.readString(Path.of("CHANGELOG.md")), read("CHANGELOG.md"));
		try (Stream<Path> files = Files.list(project)) {
			assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".new")).toList());
		}
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
