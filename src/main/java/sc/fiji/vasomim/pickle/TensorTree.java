package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of nested dictionaries by path, and the texts of the top one. Lists are not entered: no weights lie in
 * them. Dictionaries may be shared or hold one another in circles, so depth, steps and tensors are bounded.
 */
record TensorTree(Map<String, StridedTensor> tensors, Map<String, String> texts) {

	private static final int DEEPEST = 16;

	private static final int LONGEST_PATH = 500;

	private static final int MOST_TENSORS = 100_000;

	private static final int MOST_ENTRIES = 1_000_000;

	/** @throws IOException if the root is no dictionary, or there is more in it than the bounds allow */
	static TensorTree of(final Object root) throws IOException {
		if (!(root instanceof Map<?, ?>)) throw new IOException("it holds no dictionary of tensors");
		final TensorTree tree = new TensorTree(new LinkedHashMap<>(), new LinkedHashMap<>());
		((Map<?, ?>) root).forEach((key, value) -> {
			if (key instanceof String && value instanceof String) tree.texts.put((String) key, (String) value);
		});
		tree.add("", (Map<?, ?>) root, 1, new int[1]);
		return tree;
	}

	private void add(final String prefix, final Map<?, ?> dictionary, final int depth, final int[] entries)
		throws IOException
	{
		if (depth > DEEPEST) throw new IOException("its dictionaries are nested more than " + DEEPEST + " deep");
		for (final Map.Entry<?, ?> entry : dictionary.entrySet()) {
			if (++entries[0] > MOST_ENTRIES) throw new IOException("it has more than " + MOST_ENTRIES + " entries");
			final Object value = entry.getValue();
			if (value instanceof Map<?, ?>) add(path(prefix, entry.getKey()) + "/", (Map<?, ?>) value, depth + 1, entries);
			else if (value instanceof StridedTensor) put(path(prefix, entry.getKey()), (StridedTensor) value);
		}
	}

	private static String path(final String prefix, final Object key) throws IOException {
		final String path = prefix + key;
		if (path.length() > LONGEST_PATH) throw new IOException("it has a name of more than " + LONGEST_PATH + " letters");
		return path;
	}

	private void put(final String path, final StridedTensor tensor) throws IOException {
		if (path.equals("__metadata__") || tensors.put(path, tensor) != null || tensors.size() > MOST_TENSORS)
			throw new IOException("it has two tensors of one name, or one named __metadata__, or more than " + MOST_TENSORS);
	}
}
