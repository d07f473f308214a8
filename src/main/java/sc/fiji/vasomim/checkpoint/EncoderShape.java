package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitOptions;
import sc.fiji.vasomim.model.VitOptions.Positions;

/**
 * The numbers of a vision transformer that its tensors' shapes tell.
 *
 * @param grid patches per side; 0 with rotary positions, which fit any number
 * @param patch side in px
 * @param hidden channels inside of a block's MLP
 * @param heads 0 if the shapes don't tell them
 * @param unnormed whether no LayerNorm comes behind the last block
 */
record EncoderShape(int grid, int patch, int width, int depth, int heads, int hidden, boolean classToken,
	Positions positions, int registers, boolean unnormed)
{

	/** Heads by width, from ViT-Ti to ViT-G. */
	private static final Map<Integer, Integer> USUAL_HEADS = Map.of(192, 3, 384, 6, 768, 12, 1024, 16, 1280, 16, 1408, 16,
		1536, 24);

	/** Patches per side of those trained at 224 px. */
	private static final int USUAL_GRID = 14;

	private static final String FIRST_TABLE = "blocks.0" + VisionTransformer.RELATIVE;

	/**
	 * @param rotary whether its positions are known to be rotary, though the file holds no periods
	 * @throws IOException if the shapes are not those of a vision transformer for square RGB images
	 */
	static EncoderShape of(final EncoderTensors tensors, final boolean rotary) throws IOException {
		final List<Long> kernel = kernel(tensors);
		final boolean classToken = tensors.has(VisionTransformer.CLASS_TOKEN);
		final Positions positions = positions(tensors, rotary);
		final int width = kernel.get(0).intValue();
		int grid = 0;
		int heads = 0;
		if (positions == Positions.TABLE) grid = side(tensors, VisionTransformer.POSITIONS, tensors.shape(
			VisionTransformer.POSITIONS, 3).get(1), classToken ? 1 : 0);
		if (positions == Positions.RELATIVE) {
			final List<Long> table = tensors.shape(FIRST_TABLE, 2);
			grid = (side(tensors, FIRST_TABLE, table.get(0) - 3, 0) + 1) / 2;
			heads = table.get(1).intValue();
		}
		if (tensors.has(VisionTransformer.PERIODS)) heads = (int) (width / (4 * tensors.shape(VisionTransformer.PERIODS, 1)
			.get(0)));
		final int registers = tensors.has(VisionTransformer.REGISTERS) ? tensors.shape(VisionTransformer.REGISTERS, 3).get(
			1).intValue() : 0;
		final int hidden = tensors.shape("blocks.0.mlp.fc1.weight", 2).get(0).intValue();
		return new EncoderShape(grid, kernel.get(2).intValue(), width, tensors.depth(), heads, hidden, classToken, positions,
			registers, !tensors.has("norm.weight") && !tensors.has("norm.bias"));
	}

	/** D x 3 x p x p. */
	static List<Long> kernel(final EncoderTensors tensors) throws IOException {
		final List<Long> kernel = tensors.shape(VisionTransformer.PATCH_KERNEL, 4);
		if (kernel.get(1) != 3 || !kernel.get(2).equals(kernel.get(3))) throw new IOException("Cannot import " + tensors
			.file() + ": its patch kernel is " + kernel + ", but must be for three channels and square");
		return kernel;
	}

	private static Positions positions(final EncoderTensors tensors, final boolean known) throws IOException {
		final boolean rotary = known || tensors.has(VisionTransformer.PERIODS);
		final boolean table = tensors.has(VisionTransformer.POSITIONS);
		final boolean relative = tensors.has(FIRST_TABLE);
		if (table && (relative || rotary)) throw new IOException("Cannot import " + tensors.file() +
			": it has a table of positions beside " + (relative ? "relative" : "rotary") +
			" ones, with which this software's vision transformer does not compute");
		if (rotary) return Positions.ROTARY;
		return relative ? Positions.RELATIVE : Positions.TABLE;
	}

	/** A class token may have a position of its own, before the patches, or none. */
	private static int side(final EncoderTensors tensors, final String name, final long rows, final int tokens)
		throws IOException
	{
		for (long places = rows; places >= Math.max(1, rows - tokens); places--) {
			final long side = Math.round(Math.sqrt(places));
			if (side * side == places) return (int) side;
		}
		throw new IOException("Cannot import " + tensors.file() + ": " + name + " has " + (rows - tokens) +
			" places, which are no square");
	}

	/**
	 * @param settings its numbers override the file's
	 * @throws IllegalArgumentException if the settings don't fit, or the heads are not known and not set
	 */
	VisionTransformer network(final ImportSettings settings, final Layout layout) {
		final int newPatch = settings.patch() > 0 ? settings.patch() : patch;
		final int size = settings.size() > 0 ? settings.size() : (grid > 0 ? grid : USUAL_GRID) * patch;
		// A file doesn't tell whether its positions were learned; what uses the encoder decides for itself.
		return new VisionTransformer(size, newPatch, width, depth, heads(settings, layout), hidden, classToken, false,
			new VitOptions(positions, registers, layout.epsilon(), unnormed));
	}

	private int heads(final ImportSettings settings, final Layout layout) {
		if (heads > 0) return requireHeads(settings, heads);
		final int usual = layout.heads() > 0 ? layout.heads() : USUAL_HEADS.getOrDefault(width, 0);
		final int wanted = settings.heads() > 0 ? settings.heads() : usual;
		if (wanted == 0) throw new IllegalArgumentException(
			"heads: must be given, as there is no usual number for the width " + width +
				". Look it up where the checkpoint was published.");
		if (width % wanted != 0) throw new IllegalArgumentException("heads: must divide the width " + width + ", but was " +
			wanted);
		return wanted;
	}

	/** @param told by the file's tables */
	static int requireHeads(final ImportSettings settings, final int told) {
		if (settings.heads() > 0 && settings.heads() != told) throw new IllegalArgumentException("heads: must be 0 or " +
			told + ", as the checkpoint's tables of positions tell, but was " + settings.heads());
		return told;
	}
}
