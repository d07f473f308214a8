package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of nested dictionaries by path, and the texts of the top one. Lists are not entered: no weights lie in
 * them. Dictionaries may be shared or hold one another in circles, so depth is bounded, and each entry takes of the
 * file's allowance.
 */
record TensorTree(Map<String, StridedTensor> tensors, Map<String, String> texts) {

	/** An entry of a map, those of two maps for a tensor, beside their keys. */
	private static final int ENTRY_BYTES = 256;

	/** A path is made of the one above, a slash, and the key, of two bytes a letter at most. */
	private static final int PATH_COPIES = 6;

	private static final int DEEPEST = 16;

	private static final int LONGEST_PATH = 500;

	/** @throws IOException if the root is no dictionary, or there is more in it than the allowance */
	static TensorTree of(final Object root, final Allowance allowance) throws IOException {
		if (!(root instanceof Map<?, ?>)) throw new IOException("it holds no dictionary of tensors");
		final TensorTree tree = new TensorTree(new LinkedHashMap<>(), new LinkedHashMap<>());
		((Map<?, ?>) root).forEach((key, value) -> {
			if (value instanceof String) tree.texts.put((String) key, (String) value);
		});
		tree.add("", (Map<?, ?>) root, 1, allowance);
		return tree;
	}

	private void add(final String prefix, final Map<?, ?> dictionary, final int depth, final Allowance allowance)
		throws IOException
	{
		if (depth > DEEPEST) throw new IOException("its dictionaries are nested more than " + DEEPEST + " deep");
		for (final Map.Entry<?, ?> entry : dictionary.entrySet()) {
			final Object value = entry.getValue();
			allowance.take(ENTRY_BYTES);
			if (value instanceof Map<?, ?>) add(path(prefix, entry, allowance) + "/", (Map<?, ?>) value, depth + 1, allowance);
			else if (value instanceof StridedTensor) put(path(prefix, entry, allowance), (StridedTensor) value);
		}
	}

	private static String path(final String prefix, final Map.Entry<?, ?> entry, final Allowance allowance)
		throws IOException
	{
		final String key = (String) entry.getKey();
		final int length = prefix.length() + key.length();
		if (length > LONGEST_PATH) throw new IOException("it has a name of more than " + LONGEST_PATH + " letters");
		allowance.take(PATH_COPIES * length);
		return prefix + key;
	}

	private void put(final String path, final StridedTensor tensor) throws IOException {
		if (path.equals("__metadata__") || tensors.put(path, tensor) != null) throw new IOException(
			"it has two tensors of one name, or one named __metadata__");
	}
}
