package sc.fiji.vasomim.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PyTorch that a user has installed and names in the environment, to be used instead of the plugin's own. One of
 * another version than the plugin's JNI library is built for does not fail: it ends Java without a word.
 */
final class NamedLibrary {

	static final String VARIABLE = "PYTORCH_LIBRARY_PATH";

	/** As Python's package says it in version.py, as libtorch's archive does in build-version. */
	private static final Pattern IN_PYTHON = Pattern.compile("__version__ = '(\\d+\\.\\d+\\.\\d+)[^']*'");

	private static final Pattern IN_ARCHIVE = Pattern.compile("(\\d+\\.\\d+\\.\\d+).*", Pattern.DOTALL);

	private NamedLibrary() {}

	/**
	 * @param named folder of the library; null or empty if none is named
	 * @throws IllegalArgumentException if there is no such folder, or its PyTorch is known to be of another version
	 */
	static void require(final String named) {
		if (named == null || named.isBlank()) return;
		final Path folder = Path.of(named);
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("device: the environment variable " + VARIABLE +
			" names " + named + ", which is no folder. Correct it, or take it out to use the plugin's own PyTorch.");
		final String needed = needed();
		version(folder).filter(version -> !version.equals(needed)).ifPresent(version -> {
			throw new IllegalArgumentException("device: the environment variable " + VARIABLE + " names " + named +
				", which is PyTorch " + version + "; this version works with " + needed +
				" alone. Install that one, or take the variable out to use the plugin's own PyTorch.");
		});
	}

	/** Beside the library's folder; empty if nothing there says it. */
	static Optional<String> version(final Path folder) {
		final Path parent = folder.toAbsolutePath().normalize().getParent();
		if (parent == null) return Optional.empty();
		final Optional<String> python = find(parent.resolve("version.py"), IN_PYTHON);
		return python.isPresent() ? python : find(parent.resolve("build-version"), IN_ARCHIVE);
	}

	private static Optional<String> find(final Path file, final Pattern pattern) {
		try (InputStream stream = Files.newInputStream(file)) {
			final Matcher matcher = pattern.matcher(new String(stream.readNBytes(10_000)));
			return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}

	/** The version that the JNI library in the class path is built for. */
	static String needed() {
		final Properties properties = new Properties();
		try (InputStream stream = NamedLibrary.class.getResourceAsStream("/jnilib/pytorch.properties")) {
			if (stream == null) throw new IllegalArgumentException(
				"device: DJL's jar pytorch-jni is not there. Install the plugin again.");
			properties.load(stream);
		}
		catch (final IOException e) {
			throw new IllegalArgumentException("device: DJL's jar pytorch-jni cannot be read. Install the plugin again.", e);
		}
		return properties.getProperty("jni_version", "").split("-")[0];
	}
}
