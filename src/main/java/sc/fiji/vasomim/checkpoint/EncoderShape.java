package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import sc.fiji.vasomim.model.VisionTransformer;

/**
 * The numbers of a vision transformer that its tensors' shapes tell. The number of heads is none of them.
 *
 * @param grid patches per side
 * @param patch side in px
 * @param hidden channels inside of a block's MLP
 */
record EncoderShape(int grid, int patch, int width, int depth, int hidden, boolean classToken) {

	/** Heads by width, from ViT-Ti to ViT-G. */
	private static final Map<Integer, Integer> USUAL_HEADS = Map.of(192, 3, 384, 6, 768, 12, 1024, 16, 1280, 16, 1408, 16,
		1536, 24);

	private static final long MOST = 1 << 16;

	/** @throws IOException if the shapes are not those of a vision transformer for square RGB images */
	static EncoderShape of(final EncoderTensors tensors) throws IOException {
		final List<Long> kernel = shape(tensors, VisionTransformer.PATCH_KERNEL, 4);
		if (kernel.get(1) != 3 || !kernel.get(2).equals(kernel.get(3))) throw new IOException("Cannot import " + tensors
			.file() + ": its patch kernel is " + kernel + ", but must be for three channels and square");
		final boolean classToken = tensors.has(VisionTransformer.CLASS_TOKEN);
		final List<Long> table = shape(tensors, VisionTransformer.POSITIONS, 3);
		final long patches = table.get(1) - (classToken ? 1 : 0);
		final long grid = Math.round(Math.sqrt(patches));
		if (grid * grid != patches || patches < 1) throw new IOException("Cannot import " + tensors.file() +
			": its position table has " + patches + " patches, which are no square");
		int depth = 0;
		while (tensors.has("blocks." + depth + ".norm1.weight")) depth++;
		final long hidden = shape(tensors, "blocks.0.mlp.fc1.weight", 2).get(0);
		return new EncoderShape((int) grid, kernel.get(2).intValue(), kernel.get(0).intValue(), depth, (int) hidden,
			classToken);
	}

	private static List<Long> shape(final EncoderTensors tensors, final String name, final int axes) throws IOException {
		if (!tensors.has(name)) throw new IOException("Cannot import " + tensors.file() + ": it lacks " + name);
		final List<Long> shape = tensors.shape(name);
		if (shape.size() != axes || shape.stream().anyMatch(axis -> axis < 1 || axis > MOST)) throw new IOException(
			"Cannot import " + tensors.file() + ": " + name + " has the shape " + shape);
		return shape;
	}

	/**
	 * @param settings its numbers override the file's
	 * @param layoutHeads of the layout; 0 if it has the usual ones
	 * @throws IllegalArgumentException if the settings don't fit, or the heads are not known and not set
	 */
	VisionTransformer network(final ImportSettings settings, final int layoutHeads) {
		final int newPatch = settings.patch() > 0 ? settings.patch() : patch;
		final int size = settings.size() > 0 ? settings.size() : grid * patch;
		final int usual = layoutHeads > 0 ? layoutHeads : USUAL_HEADS.getOrDefault(width, 0);
		final int heads = settings.heads() > 0 ? settings.heads() : usual;
		if (heads == 0) throw new IllegalArgumentException(
			"heads: must be given, as there is no usual number for the width " + width +
				". Look it up where the checkpoint was published.");
		if (width % heads != 0) throw new IllegalArgumentException("heads: must divide the width " + width + ", but was " +
			heads);
		// A file doesn't tell whether its positions were learned; what uses the encoder decides for itself.
		return new VisionTransformer(size, newPatch, width, depth, heads, hidden, classToken, false);
	}
}
