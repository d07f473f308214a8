package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.files.TensorSource;

/**
 * The tensors of one set of weights by timm's names, and what became of the file's others.
 *
 * @param parts the file's names of a tensor: one, or three to be joined along the first axis
 * @param dropped known to be no part of the encoder; those outside of the set as one line a dictionary
 * @param rest not known; the encoder may need them
 */
record EncoderTensors(TensorSource file, Map<String, List<String>> parts, List<String> dropped, List<String> rest) {

	private static final int JOINED = 3;

	/** Unknown names that would change what the encoder computes: leaving them out would give another network. */
	private static final String COMPUTED = "(.*[./])?((blocks|layer)\\.\\d+|norm_pre|rope\\w*)\\..*|" +
		"(.*[./])?(reg_token|register_tokens|dist_token|distillation_token)";

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
		return encoder;
	}

	/** The dictionary of a path, or where that is the set's own, the path to its first dot. */
	private static String group(final String path, final String prefix) {
		final int slash = path.indexOf('/');
		final boolean same = slash >= 0 ? prefix.startsWith(path.substring(0, slash + 1)) : prefix.indexOf('/') < 0;
		final int end = same ? path.indexOf('.', slash + 1) : slash;
		return end < 0 ? path : path.substring(0, end + 1) + "*";
	}

	private void add(final Layout layout, final String name, final String fileName) {
		final String renamed = layout.renaming().rename(name);
		final int part = Renaming.part(name);
		if (layout.dropped().matcher(name).matches()) dropped.add(fileName);
		else if (part < 0 && isKnown(renamed)) parts.put(renamed, List.of(fileName));
		else if (part >= 0 && isKnown(renamed)) parts.computeIfAbsent(renamed, n -> new ArrayList<>(Collections.nCopies(
			JOINED, null))).set(part, fileName);
		else rest.add(fileName);
	}

	/** Whether the plain vision transformer has such a parameter. */
	private static boolean isKnown(final String name) {
		return name.matches("cls_token|pos_embed|(patch_embed\\.proj|norm|blocks\\.\\d{1,3}\\.(norm1|norm2|attn\\.qkv|" +
			"attn\\.proj|mlp\\.fc1|mlp\\.fc2))\\.(weight|bias)");
	}

	private void requireWhole() throws IOException {
		for (final Map.Entry<String, List<String>> entry : parts.entrySet())
			if (entry.getValue().stream().anyMatch(Objects::isNull)) throw new IOException("Cannot read " + file +
				": it lacks queries, keys or values for " + entry.getKey());
		for (final String name : rest)
			if (name.matches(COMPUTED)) throw new IOException("Cannot import " + file + ": it has " + name +
				", with which a plain vision transformer does not compute");
	}

	boolean has(final String name) {
		return parts.containsKey(name);
	}

	/** Lengths of the axes after joining. */
	List<Long> shape(final String name) throws IOException {
		List<Long> whole = null;
		for (final String part : parts.get(name)) {
			final TensorInfo info = file.info(part);
			if (!info.type().isFloating()) throw new IOException("Cannot import " + file + ": " + part + " is " + info
				.type());
			final List<Long> shape = new ArrayList<>(info.shape());
			if (whole != null && shape.size() == whole.size() && !shape.isEmpty()) shape.set(0, shape.get(0) + whole.get(0));
			whole = shape;
		}
		return whole;
	}

	/** All values, row-major. @throws IOException if one is not finite */
	float[] values(final String name) throws IOException {
		final List<float[]> pieces = new ArrayList<>();
		int length = 0;
		for (final String part : parts.get(name)) {
			final float[] piece = file.floats(part);
			for (final float value : piece)
				if (!Float.isFinite(value)) throw new IOException("Cannot import " + file + ": " + part +
					" has values that are not finite in single precision");
			pieces.add(piece);
			length += piece.length;
		}
		if (pieces.size() == 1) return pieces.get(0);
		final float[] joined = new float[length];
		int done = 0;
		for (final float[] piece : pieces) {
			System.arraycopy(piece, 0, joined, done, piece.length);
			done += piece.length;
		}
		return joined;
	}
}
