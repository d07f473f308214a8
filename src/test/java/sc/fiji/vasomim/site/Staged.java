package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The update site's tree as update-site/stage.sh makes it of this build's classes and runtime class path; or, to look at the
 * very tree that is uploaded, the one that the system property vasomim.tree names.
 */
final class Staged {

	private static final Path CLASSES = Path.of("target/classes");

	private static final String NAMED = System.getProperty("vasomim.tree");

	private static Path tree;

	private Staged() {}

	/** Made once; not to be changed. */
	static synchronized Path tree() throws IOException, InterruptedException {
		if (tree == null) tree = NAMED != null ? Path.of(NAMED).toAbsolutePath() : make(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "site"));
		return tree;
	}

	private static Path make(final Path folder) throws IOException, InterruptedException {
		final Path jars = Files.createDirectory(folder.resolve("jars"));
		for (final Path jar : runtimeJars()) Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
		pack(CLASSES, jars.resolve("vasomim-" + Files.readString(CLASSES.resolve("vasomim-version.txt")).strip() + ".jar"));
		stage(jars, folder.resolve("tree"), 0);
		return folder.resolve("tree");
	}

	/** Whether Maven has packed its jar, as for a release. */
	static boolean isNamed() {
		return NAMED != null;
	}

	/** @return what the script said */
	static String stage(final Path jars, final Path out, final int exitCode) throws IOException, InterruptedException {
		final ProcessBuilder builder = new ProcessBuilder("sh", Path.of("update-site/stage.sh").toAbsolutePath().toString(),
			out.toString()).directory(out.getParent().toFile()).redirectErrorStream(true);
		builder.environment().put("JARS", jars.toString());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		final Process process = builder.start();
		final String said = new String(process.getInputStream().readAllBytes()).strip();
		assertEquals(exitCode, process.waitFor(), said);
		return said;
	}

	/** The jars of all dependencies that are there when the plugin runs. */
	static List<Path> runtimeJars() throws IOException {
		final String path = Files.readString(Path.of("target/runtime-classpath")).strip();
		return Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(path).map(Path::of).toList();
	}

	private static void pack(final Path classes, final Path jar) throws IOException {
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file);
				Stream<Path> files = Files.walk(classes))
		{
			for (final Path entry : files.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new ZipEntry(classes.relativize(entry).toString().replace(File.separatorChar, '/')));
				Files.copy(entry, out);
			}
		}
	}
}
