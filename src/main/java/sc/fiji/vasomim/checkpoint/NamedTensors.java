package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.vasomim.checkpoint.Layout.WeightSet;
import sc.fiji.vasomim.files.TensorSource;

/**
 * A file's tensors by their paths without the words that wrappers put before parameter names: {@code module.} of data
 * parallel training, {@code _orig_mod.} of compilation. Values are the file's own names.
 */
record NamedTensors(TensorSource file, Map<String, String> names) {

	private static final int LONGEST_NAME = 500;

	/** @throws IOException if two tensors have one name without those words, or one is not fit to be shown */
	static NamedTensors of(final TensorSource file) throws IOException {
		final Map<String, String> names = new LinkedHashMap<>();
		for (final String name : file.names()) {
			if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) throw new IOException(
				"Cannot read " + file + ": it has a tensor whose name is longer than " + LONGEST_NAME +
					" letters, or not of letters alone");
			final String plain = name.replaceAll("(^|/)(module\\.|_orig_mod\\.)+", "$1");
			if (names.put(plain, name) != null) throw new IOException("Cannot read " + file + ": it has two tensors named " +
				plain);
		}
		return new NamedTensors(file, names);
	}

	/** A layout that a file has, and the set of weights to take from it. */
	record Match(Layout layout, WeightSet set) {}

	/**
	 * @param wanted the set's name, or auto
	 * @throws IllegalArgumentException if no layout fits, or the file has no such set of weights
	 */
	Match recognise(final String wanted) {
		for (final Layout layout : Layouts.ALL) {
			final List<WeightSet> sets = layout.present(names::containsKey);
			if (sets.isEmpty()) continue;
			return new Match(layout, sets.stream().filter(set -> wanted.equals("auto") || set.name().equals(wanted))
				.findFirst().orElseThrow(() -> new IllegalArgumentException("weights: " + file + " is of " + layout.name() +
					" and has " + sets.stream().map(WeightSet::name).distinct().collect(Collectors.joining(", ")) +
					", but no " + wanted + ". Choose one of those, or auto.")));
		}
		throw new IllegalArgumentException("checkpoint: " + file +
			" has none of the known layouts. Its tensors begin with " + names.keySet().stream().limit(5).toList() +
			". Supported are " + Layouts.ALL.stream().map(Layout::name).distinct().collect(Collectors.joining(", ")) + ".");
	}
}
