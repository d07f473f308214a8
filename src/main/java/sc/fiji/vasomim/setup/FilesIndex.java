package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.vasomim.torch.PytorchBuild;

/** The list of all builds' files that DJL's host has beside them, {@code files.txt}: a relative URL a line. */
final class FilesIndex {

	static final String NAME = "files.txt";

	/** Some lines of 60 characters for each of six builds. */
	static final int MOST_BYTES = 1 << 20;

	private static final Pattern LINE = Pattern.compile("[a-z0-9-]+/[a-z0-9_-]+/native/lib/([^/]+)\\.gz");

	private FilesIndex() {}

	/**
	 * The files of a build.
	 *
	 * @param place whose list it is, for messages
	 * @return their names by their paths, in order
	 * @throws IllegalArgumentException if the list has none for this machine's system
	 * @throws IOException if a line of the build is no library's: nothing may lead out of a folder
	 */
	static Map<String, String> of(final String text, final PytorchBuild build, final String place) throws IOException {
		final String system = PytorchBuild.system();
		final Map<String, String> names = new TreeMap<>();
		for (final String line : text.lines().map(String::strip).toList())
			if (line.startsWith(build.flavour() + "/" + system + "/")) names.put(line, name(line, place));
		if (names.isEmpty()) throw new IllegalArgumentException("build: " + place + " has no build " + build.flavour() +
			" of PyTorch " + PytorchBuild.version() + " for " + system + ". Name an installed one in the environment variable " +
			"PYTORCH_LIBRARY_PATH.");
		return names;
	}

	private static String name(final String line, final String place) throws IOException {
		final Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) throw unexpected(line, place);
		try {
			final String name = URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
			if (NativeFile.isLibrary(name)) return name;
		}
		catch (final IllegalArgumentException e) {
			// A per cent sign with no number behind it.
		}
		throw unexpected(line, place);
	}

	private static IOException unexpected(final String line, final String place) {
		return new IOException("Cannot read " + NAME + " of " + place + ": '" + line +
			"' is no library's place, so nothing of it is used");
	}
}
