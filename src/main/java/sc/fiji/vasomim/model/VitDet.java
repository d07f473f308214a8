package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The vision transformer of ViTDet (Li et al. 2022), a detector's encoder, or alone, as imported from SAM: blocks attend
 * within windows, a few of them to the whole image, both with relative positions along each axis. Patches of 16 px, no
 * class token, no last normalisation. Parameter names are detectron2's.
 *
 * @param size side in px of the square that images are padded to, a multiple of 32
 * @param width channels D
 * @param depth blocks
 * @param heads attention heads
 * @param window side of a window in patches
 * @param global blocks that attend to the whole image, from 0
 * @param positions side of the square of absolute positions, in patches: that of pre-training; they are interpolated
 */
public record VitDet(int size, int width, int depth, int heads, int window, List<Integer> global, int positions)
	implements Network
{

	static final String ARCHITECTURE = "vitdet";

	/** Side of a patch in px. */
	public static final int PATCH = 16;

	/** Before the names of plain vision transformers. */
	public static final String NAME = "backbone.net.";

	private static final String BLOCKS = NAME + "blocks.";

	private static final String POSITIONS = NAME + VisionTransformer.POSITIONS;

	static final String RELATIVE = ".attn.rel_pos_";

	public VitDet {
		if (size < 64 || size > 4096 || size % 32 != 0) throw new IllegalArgumentException(
			"size: must be a multiple of 32 px in 64..4096, but was " + size);
		within("width", width, 1, 8192);
		within("depth", depth, 1, 128);
		within("heads", heads, 1, width);
		if (width % heads != 0 || width % 4 != 0) throw new IllegalArgumentException(
			"width: must be a multiple of heads (" + heads + ") and of 4, but was " + width);
		within("window", window, 1, 256);
		within("positions", positions, 1, 256);
		global = global == null ? List.of() : List.copyOf(global);
		for (final int block : global)
			within("global", block, 0, depth - 1);
	}

	static void within(final String name, final int value, final int least, final int most) {
		if (value < least || value > most) throw new IllegalArgumentException(name + ": must lie in " + least + ".." +
			most + ", but was " + value);
	}

	/** Patches per side. */
	public int grid() {
		return size / PATCH;
	}

	/** Whether a parameter, perhaps of a deeper one, is one that a pre-trained transformer has too. */
	static boolean pretrained(final String parameter) {
		return parameter.equals(POSITIONS) || parameter.startsWith(NAME + "patch_embed.") || parameter.startsWith(BLOCKS) &&
			!parameter.contains(RELATIVE);
	}

	static boolean isNormOrPositions(final String parameter) {
		return parameter.equals(POSITIONS) || parameter.startsWith(BLOCKS) && parameter.contains(".norm");
	}

	/** Layers from what follows the last block, which is 0, down to a parameter's own: depth + 1 for the embedding. */
	int layersAbove(final String parameter) {
		if (!parameter.startsWith(BLOCKS)) return depth + 1;
		return depth - Integer.parseInt(parameter.substring(BLOCKS.length(), parameter.indexOf('.', BLOCKS.length())));
	}

	@Override
	public String architecture() {
		return ARCHITECTURE;
	}

	@Override
	public List<ParameterSpec> parameters() {
		final List<ParameterSpec> table = new ArrayList<>();
		addTo(table);
		return table;
	}

	/** This one with a table of absolute positions as fine as another's, so that it need not be resized. */
	VitDet like(final VitDet other) {
		return new VitDet(size, width, depth, heads, window, global, other.positions);
	}

	/** Appends the encoder's tensors to a parameter table. */
	void addTo(final List<ParameterSpec> table) {
		final long pixels = 3L * PATCH * PATCH;
		// The class token's first. ViTDet begins with those of MAE; small random ones would be lost beside the patches.
		table.add(ParameterSpec.trained(POSITIONS, Initialiser.sineCosine(positions, width), 1, 1 + (long) positions *
			positions, width));
		table.add(ParameterSpec.trained(NAME + "patch_embed.proj.weight", Initialiser.fanIn(pixels), width, 3, PATCH,
			PATCH));
		table.add(ParameterSpec.trained(NAME + "patch_embed.proj.bias", Initialiser.fanIn(pixels), width));
		for (int i = 0; i < depth; i++)
			block(table, BLOCKS + i, global.contains(i) ? grid() : window);
	}

	private void block(final List<ParameterSpec> table, final String name, final int reach) {
		Layers.layerNorm(table, name + ".norm1", width);
		for (final String axis : List.of("h", "w"))
			table.add(ParameterSpec.trained(name + RELATIVE + axis, Initialiser.constant(0), 2L * reach - 1, width /
				heads));
		linear(table, name + ".attn.qkv", width, 3L * width);
		linear(table, name + ".attn.proj", width, width);
		Layers.layerNorm(table, name + ".norm2", width);
		linear(table, name + ".mlp.fc1", width, 4L * width);
		linear(table, name + ".mlp.fc2", 4L * width, width);
	}

	/** Deviation 0.02 at the published width of 768; more in narrower ones, so that sums over all channels are alike. */
	private void linear(final List<ParameterSpec> table, final String name, final long in, final long out) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.normal(0.02 * Math.sqrt(768.0 / width)), out, in));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), out));
	}
}
