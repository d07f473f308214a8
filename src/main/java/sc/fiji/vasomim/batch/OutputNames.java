package sc.fiji.vasomim.batch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The stem of each input's outputs: its path without extension where that is its own, with it where it would be
 * another's too ({@code a.png} and {@code a.jpg}). No two inputs have one stem, capitals disregarded.
 */
public final class OutputNames {

	private final Set<String> taken = new HashSet<>();

	/** @param inputs relative paths */
	public OutputNames(final List<Path> inputs) {
		final Map<String, Integer> stems = new HashMap<>();
		for (final Path input : inputs) stems.merge(key(withoutExtension(input)), 1, Integer::sum);
		for (final Path input : inputs) taken.add(key(input));
		stems.forEach((stem, count) -> {
			if (count > 1) taken.add(stem);
		});
	}

	/** The stem of one of the inputs, relative. */
	public Path stem(final Path input) {
		final Path stem = withoutExtension(input);
		// A name without extension is its own stem, and taken by itself alone unless others share it.
		return taken.contains(key(stem)) ? input : stem;
	}

	private static Path withoutExtension(final Path input) {
		final String name = input.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		return dot <= 0 ? input : input.resolveSibling(name.substring(0, dot));
	}

	private static String key(final Path path) {
		return path.toString().toLowerCase(Locale.ROOT);
	}
}
