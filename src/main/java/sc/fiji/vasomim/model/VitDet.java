package sc.fiji.vasomim.model;

import java.util.List;

/**
 * The plain vision transformer of ViTDet (Li et al. 2022): blocks attend within windows, a few of them to the whole
 * image, both with relative positions along each axis. Patches of 16 px, no class token, no last normalisation.
 * Parameter names are detectron2's.
 *
 * @param size side in px of the square that images are padded to, a multiple of 32
 * @param width channels D
 * @param depth blocks
 * @param heads attention heads
 * @param window side of a window in patches
 * @param global blocks that attend to the whole image, from 0
 * @param positions side of the square of absolute positions, in patches: that of pre-training; they are interpolated
 */
public record VitDet(int size, int width, int depth, int heads, int window, List<Integer> global, int positions) {

	/** Side of a patch in px. */
	public static final int PATCH = 16;

	static final String NAME = "backbone.net.";

	public VitDet {
		if (size < 64 || size > 4096 || size % 32 != 0) throw new IllegalArgumentException(
			"size: must be a multiple of 32 px in 64..4096, but was " + size);
		within("width", width, 1, 8192);
		within("depth", depth, 1, 128);
		within("heads", heads, 1, width);
		if (width % heads != 0) throw new IllegalArgumentException("width: must be a multiple of heads (" + heads +
			"), but was " + width);
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

	/** Appends the encoder's tensors to a parameter table. */
	void addTo(final List<ParameterSpec> table) {
		final long pixels = 3L * PATCH * PATCH;
		// The first row was the class token's.
		table.add(ParameterSpec.trained(NAME + "pos_embed", Initialiser.normal(0.02), 1, 1 + (long) positions * positions,
			width));
		table.add(ParameterSpec.trained(NAME + "patch_embed.proj.weight", Initialiser.fanIn(pixels), width, 3, PATCH,
			PATCH));
		table.add(ParameterSpec.trained(NAME + "patch_embed.proj.bias", Initialiser.fanIn(pixels), width));
		for (int i = 0; i < depth; i++)
			block(table, NAME + "blocks." + i, global.contains(i) ? grid() : window);
	}

	private void block(final List<ParameterSpec> table, final String name, final int reach) {
		layerNorm(table, name + ".norm1", width);
		for (final String axis : List.of("h", "w"))
			table.add(ParameterSpec.trained(name + ".attn.rel_pos_" + axis, Initialiser.constant(0), 2L * reach - 1, width /
				heads));
		linear(table, name + ".attn.qkv", width, 3L * width);
		linear(table, name + ".attn.proj", width, width);
		layerNorm(table, name + ".norm2", width);
		linear(table, name + ".mlp.fc1", width, 4L * width);
		linear(table, name + ".mlp.fc2", 4L * width, width);
	}

	private static void linear(final List<ParameterSpec> table, final String name, final long in, final long out) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.normal(0.02), out, in));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), out));
	}

	static void layerNorm(final List<ParameterSpec> table, final String name, final long width) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.constant(1), width));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), width));
	}
}
