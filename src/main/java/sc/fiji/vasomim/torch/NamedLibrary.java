package sc.fiji.vasomim.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ai.djl.util.Utils;

/**
 * The PyTorch that a user has installed and names in the environment, to be used instead of the plugin's own. One of
 * another version than the plugin's JNI library is built for does not fail: it ends Java without a word.
 */
public final class NamedLibrary {

	public static final String VARIABLE = "PYTORCH_LIBRARY_PATH";

	/** As Python's package says it in version.py, as libtorch's archive does in build-version. */
	private static final Pattern IN_PYTHON = Pattern.compile("__version__ = '(\\d+\\.\\d+\\.\\d+)[^']*'");

	private static final Pattern IN_ARCHIVE = Pattern.compile("(\\d+\\.\\d+\\.\\d+).*", Pattern.DOTALL);

	private NamedLibrary() {}

	/** Where the user's own PyTorch is; empty if none is named. */
	public static Optional<String> named() {
		return Optional.ofNullable(Utils.getEnvOrSystemProperty(VARIABLE)).filter(folder -> !folder.isBlank());
	}

	/**
	 * @param named folder of the library
	 * @throws IllegalArgumentException if there is no such folder, or no PyTorch in it, or it is known to be of another version
	 */
	static void require(final String named) {
		final Path folder = Path.of(named);
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("device: the environment variable " + VARIABLE +
			" names " + named + ", which is no folder. Correct it, or take it out to use the plugin's own PyTorch.");
		if (!Files.isRegularFile(folder.resolve(PytorchBuild.mainLibrary()))) throw new IllegalArgumentException(
			"device: the environment variable " + VARIABLE + " names " + named + ", which holds no " + PytorchBuild
				.mainLibrary() + ". Name PyTorch's folder lib, or take the variable out to use the plugin's own PyTorch.");
		final String needed = DjlJars.pytorch();
		version(folder).filter(version -> !version.equals(needed)).ifPresent(version -> {
			throw new IllegalArgumentException("device: the environment variable " + VARIABLE + " names " + named +
				", which is PyTorch " + version + "; this version works with " + needed +
				" alone. Install that one, or take the variable out to use the plugin's own PyTorch.");
		});
	}

	/** What PyTorch in a folder named lib says beside it, such as 2.7.1; empty if nothing there says it. */
	public static Optional<String> version(final Path folder) {
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
}
