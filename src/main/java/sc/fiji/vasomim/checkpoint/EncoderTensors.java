package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.files.TensorSource;
import sc.fiji.vasomim.model.VisionTransformer;

/**
 * The tensors of one set of weights by timm's names, and what became of the file's others.
 *
 * @param parts the file's names of a tensor: one, or three to be joined along the first axis, of which the second may be
 *          null and is zeros then
 * @param dropped known to be no part of the encoder; those outside of the set as one line a dictionary
 * @param rest not known; the encoder may need them
 */
record EncoderTensors(TensorSource file, Map<String, List<String>> parts, List<String> dropped, List<String> rest) {

	private static final int JOINED = 3;

	private static final long MOST = 1 << 16;

	private static final String SHARED_TABLE = "rel_pos_bias.relative_position_bias_table";

	private static final String KNOWN = "cls_token|reg_token|pos_embed|rope_embed\\.periods|rel_pos_bias\\." +
		"relative_position_bias_table|(patch_embed\\.proj|norm|blocks\\.\\d{1,3}\\.(norm1|norm2|attn\\.qkv|attn\\.proj|" +
		"mlp\\.fc1|mlp\\.fc2))\\.(weight|bias)|blocks\\.\\d{1,3}\\.(ls[12]\\.gamma|attn\\.(qkv\\.bias_mask|rel_pos_[hw]|" +
		"relative_position_bias_table))";

	/** What either all blocks have or none: a block that lacks it is damage, not a network without it. */
	private static final List<String> OF_ALL_BLOCKS = List.of(".ls1.gamma", ".ls2.gamma", ".attn.qkv.bias",
		".attn.qkv.bias_mask");

	/** What {@link Folding} works into others. */
	static final String FOLDED = "blocks\\.\\d+\\.(ls[12]\\.gamma|attn\\.qkv\\.bias_mask)";

	/**
	 * Unknown names behind the set's prefix that would change what the encoder computes: leaving them out would give
	 * another network. Masked patches and decoders have tokens and positions too, which it does without.
	 */
	private static final String COMPUTED = "(.*\\.)?((blocks|layer)\\.\\d+|norm_pre|rope\\w*)\\..*|" +
		"(patch_embed|embeddings|norm|ln_pre)\\..*|(?!.*mask|decoder)\\w*(_tokens?|pos_emb\\w*|position_embeddings?)";

	static EncoderTensors of(final NamedTensors tensors, final NamedTensors.Match match) throws IOException {
		final EncoderTensors encoder = new EncoderTensors(tensors.file(), new LinkedHashMap<>(), new ArrayList<>(),
			new ArrayList<>());
		final String prefix = match.set().prefix();
		final Map<String, Integer> outside = new LinkedHashMap<>();
		for (final Map.Entry<String, String> tensor : tensors.names().entrySet()) {
			final String path = tensor.getKey();
			if (!path.startsWith(prefix)) outside.merge(group(path, prefix), 1, Integer::sum);
			else encoder.add(match.layout(), path.substring(prefix.length()), tensor.getValue());
		}
		outside.forEach((group, count) -> encoder.dropped.add(group + " (" + count + ")"));
		encoder.requireWhole();
		encoder.requireInAllBlocks();
		encoder.shareTable();
		return encoder;
	}

	/** The dictionary of a path, or where that is the set's own, the path to its first dot. */
	private static String group(final String path, final String prefix) {
		final int slash = path.indexOf('/');
		final boolean same = slash >= 0 ? prefix.startsWith(path.substring(0, slash + 1)) : prefix.indexOf('/') < 0;
		final int end = same ? path.indexOf('.', slash + 1) : slash;
		return end < 0 ? path : path.substring(0, end + 1) + "*";
	}

	private void add(final Layout layout, final String name, final String fileName) throws IOException {
		final String renamed = layout.renaming().rename(name);
		final int part = Renaming.part(name);
		if (layout.dropped().matcher(name).matches()) dropped.add(fileName);
		else if (renamed.matches(KNOWN)) add(renamed, part, fileName);
		else if (name.matches(COMPUTED)) throw refused(fileName);
		else rest.add(fileName);
	}

	/** @param part of three, or -1 for the whole */
	private void add(final String name, final int part, final String fileName) throws IOException {
		final List<String> names = parts.computeIfAbsent(name, n -> Arrays.asList(new String[part < 0 ? 1 : JOINED]));
		final int place = Math.max(part, 0);
		if (names.size() != (part < 0 ? 1 : JOINED) || names.get(place) != null) throw new IOException("Cannot read " +
			file + ": it has both " + fileName + " and " + names.stream().filter(Objects::nonNull).findFirst().orElseThrow() +
			" for " + name);
		names.set(place, fileName);
	}

	private void requireWhole() throws IOException {
		for (final Map.Entry<String, List<String>> entry : parts.entrySet()) {
			final List<String> names = entry.getValue();
			// The softmax cancels a bias of keys, so some networks have none.
			final boolean maybeKeys = entry.getKey().endsWith(".bias") && names.get(0) != null && names.get(names.size() -
				1) != null;
			if (!maybeKeys && names.stream().anyMatch(Objects::isNull)) throw new IOException("Cannot read " + file +
				": it lacks queries, keys or values for " + entry.getKey());
		}
	}

	private void requireInAllBlocks() throws IOException {
		for (final String end : OF_ALL_BLOCKS) {
			final long blocks = parts.keySet().stream().filter(name -> name.endsWith(end)).count();
			if (blocks != 0 && blocks != depth()) throw new IOException("Cannot import " + file + ": " + blocks + " of its " +
				depth() + " blocks have " + end.substring(1) + ", but all or none must have it");
		}
	}

	/** Of relative positions that all blocks share, each gets its own, as SimMIM does before fine-tuning. */
	private void shareTable() throws IOException {
		final List<String> shared = parts.remove(SHARED_TABLE);
		if (shared == null) return;
		for (int i = 0; i < depth(); i++)
			if (parts.put("blocks." + i + VisionTransformer.RELATIVE, shared) != null) throw refused(shared.get(0));
	}

	/** @throws IOException if a tensor is neither one of a network's parameters nor worked into them */
	void requireUsed(final Set<String> parameters) throws IOException {
		for (final Map.Entry<String, List<String>> entry : parts.entrySet())
			if (!parameters.contains(entry.getKey()) && !entry.getKey().matches(FOLDED)) throw refused(entry.getValue().get(0));
	}

	private IOException refused(final String name) {
		return new IOException("Cannot import " + file + ": it has " + name +
			", with which this software's vision transformer does not compute");
	}

	/** Blocks. */
	int depth() {
		int depth = 0;
		while (has("blocks." + depth + ".norm1.weight")) depth++;
		return depth;
	}

	boolean has(final String name) {
		return parts.containsKey(name);
	}

	/** Whether a part of a joined tensor is not in the file, and zeros. */
	boolean isCompleted(final String name) {
		return parts.get(name).stream().anyMatch(Objects::isNull);
	}

	/** Lengths of the axes after joining; of a position table always 1 x rows x channels. */
	List<Long> shape(final String name) throws IOException {
		final List<String> names = parts.get(name);
		final List<Long> first = floating(names.get(0)).shape();
		final List<Long> shape = new ArrayList<>(first);
		for (final String part : names.subList(1, names.size())) {
			final List<Long> more = part == null ? first : floating(part).shape();
			if (more.isEmpty() || !more.equals(first)) throw new IOException("Cannot import " + file + ": " + part +
				" has the shape " + more + ", but " + names.get(0) + " has " + first);
			shape.set(0, shape.get(0) + more.get(0));
		}
		// SAM keeps rows and columns apart.
		if (name.equals(VisionTransformer.POSITIONS) && shape.size() == 4) shape.set(1, shape.get(1) * shape.remove(2));
		return shape;
	}

	/**
	 * The same of a tensor that must be there.
	 *
	 * @throws IOException if it is not, or has another number of axes, or one of no length or beyond all reason
	 */
	List<Long> shape(final String name, final int axes) throws IOException {
		if (!has(name)) throw new IOException("Cannot import " + file + ": it lacks " + name);
		final List<Long> shape = shape(name);
		if (shape.size() != axes || shape.stream().anyMatch(axis -> axis < 1 || axis > MOST)) throw new IOException(
			"Cannot import " + file + ": " + name + " has the shape " + shape);
		return shape;
	}

	private TensorInfo floating(final String part) throws IOException {
		final TensorInfo info = file.info(part);
		if (!info.type().isFloating()) throw new IOException("Cannot import " + file + ": " + part + " is " + info.type());
		return info;
	}

	/** All values, row-major. @throws IOException if one is not finite */
	float[] values(final String name) throws IOException {
		final List<String> names = parts.get(name);
		if (names.size() == 1) return finite(names.get(0));
		final List<float[]> pieces = new ArrayList<>();
		int length = 0;
		for (final String part : names) {
			pieces.add(part == null ? new float[pieces.get(0).length] : finite(part));
			length += pieces.get(pieces.size() - 1).length;
		}
		final float[] joined = new float[length];
		int done = 0;
		for (final float[] piece : pieces) {
			System.arraycopy(piece, 0, joined, done, piece.length);
			done += piece.length;
		}
		return joined;
	}

	private float[] finite(final String part) throws IOException {
		final float[] values = file.floats(part);
		for (final float value : values)
			if (!Float.isFinite(value)) throw new IOException("Cannot import " + file + ": " + part +
				" has values that are not finite in single precision");
		return values;
	}
}
