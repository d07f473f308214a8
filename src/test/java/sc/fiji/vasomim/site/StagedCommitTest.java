package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which commit update-site/stage.sh gives to the build, with a Maven that only says what it was given. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a POSIX shell's")
class StagedCommitTest {

	private static final String COMMIT = "git -c user.name=a -c user.email=a@b -c commit.gpgsign=false commit -q";

	@TempDir
	private Path folder;

	private Path project;

	@BeforeEach
	void copyTheScript() throws IOException, InterruptedException {
		project = Files.createDirectory(folder.resolve("project"));
		Files.createDirectories(project.resolve("src/main"));
		Files.writeString(project.resolve("src/main/A.java"), "class A {}\n");
		Files.writeString(project.resolve("LICENSE"), "\n");
		Files.copy(Path.of("pom.xml"), project.resolve("pom.xml"));
		Files.createDirectory(project.resolve("update-site"));
		Files.copy(Path.of("update-site/stage.sh"), project.resolve("update-site/stage.sh"));
		final Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
		Files.writeString(maven, "#!/bin/sh\nfor word; do case $word in -DbuildNumber=*) echo \"$word\"; esac; done; exit 1\n");
		assertTrue(maven.toFile().setExecutable(true));
		assertEquals("", run("git init -q && git add . && " + COMMIT + " -m first", 0));
	}

	private String run(final String line, final int exitCode) throws IOException, InterruptedException {
		final ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(project.toFile()).redirectErrorStream(
			true);
		builder.environment().put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		final Process process = builder.start();
		final String said = new String(process.getInputStream().readAllBytes()).strip();
		assertEquals(exitCode, process.waitFor(), said);
		return said;
	}

	private String stage(final String settings) throws IOException, InterruptedException {
		return run(settings + " sh update-site/stage.sh ../out", 1);
	}

	@Test
	void aReleaseIsOfACommit() throws IOException, InterruptedException {
		final String head = run("git rev-parse HEAD", 0), failed = "\nstage: the build failed, see above";
		assertEquals("-DbuildNumber=" + head + failed, stage("VERSION=1.2.3"));
		Files.writeString(project.resolve("src/main/B.java"), "class B {}\n");
		assertEquals("stage: 1.2.3 is a release, and its sources are in no commit: ?? src/main/B.java", stage("VERSION=1.2.3"));
		assertEquals("-DbuildNumber=" + head + " and changes" + failed, stage("VERSION=1.2.3 UNCOMMITTED=yes"));
		assertEquals("-DbuildNumber=" + head + " and changes" + failed, stage("VERSION=1.2.3-SNAPSHOT"));
	}

	@Test
	void withoutGitTheCommitIsUnknown() throws IOException, InterruptedException {
		run("rm -rf .git", 0);
		assertEquals("stage: 1.2.3 is a release, and its sources are in no commit: there is no git", stage("VERSION=1.2.3"));
		assertEquals("-DbuildNumber=UNKNOWN\nstage: the build failed, see above", stage("VERSION=1.2.3-SNAPSHOT"));
	}
}
