package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.model.ParameterSpec.Role;

/**
 * A plain vision transformer (Dosovitskiy et al. 2021) alone, as imported from elsewhere. Parameter names are timm's.
 *
 * @param size image side in px, a multiple of {@code patch}
 * @param patch patch side in px
 * @param width channels D
 * @param depth blocks
 * @param heads attention heads
 * @param hidden channels between the two layers of a block's MLP; 4 D in most
 * @param classToken whether a class token comes before the patches
 */
public record VitEncoder(int size, int patch, int width, int depth, int heads, int hidden, boolean classToken)
	implements Network
{

	static final String ARCHITECTURE = "vit";

	public static final String CLASS_TOKEN = "cls_token";

	public static final String POSITIONS = "pos_embed";

	public static final String PATCH_KERNEL = "patch_embed.proj.weight";

	private static final long LARGEST_TABLE = 1 << 28;

	public VitEncoder {
		within("size", size, 1, 4096);
		within("patch", patch, 1, 256);
		within("width", width, 1, 8192);
		within("depth", depth, 1, 128);
		within("heads", heads, 1, width);
		within("hidden", hidden, 1, 65536);
		if (size % patch != 0) throw new IllegalArgumentException("size: must be a multiple of the patch side " + patch +
			" px, but was " + size);
		if ((long) size / patch * size / patch * width > LARGEST_TABLE) throw new IllegalArgumentException(
			"size: must not make more than " + LARGEST_TABLE + " positions times channels, but was " + size);
		if (width % heads != 0) throw new IllegalArgumentException("heads: must divide the width " + width + ", but was " +
			heads);
	}

	private static void within(final String name, final int value, final int least, final int most) {
		if (value < least || value > most) throw new IllegalArgumentException(name + ": must lie in " + least + ".." +
			most + ", but was " + value);
	}

	/** Patches per side. */
	public int grid() {
		return size / patch;
	}

	/** Rows of the position table: the patches, and the class token if there is one. */
	public int tokens() {
		return grid() * grid() + (classToken ? 1 : 0);
	}

	@Override
	public String architecture() {
		return ARCHITECTURE;
	}

	@Override
	public List<ParameterSpec> parameters() {
		final List<ParameterSpec> table = new ArrayList<>();
		final long pixels = 3L * patch * patch;
		final Initialiser token = Initialiser.normal(0.02);
		if (classToken) table.add(ParameterSpec.trained(CLASS_TOKEN, token, 1, 1, width));
		table.add(new ParameterSpec(POSITIONS, new Shape(1, tokens(), width), DataType.FLOAT32, Role.FIXED, token));
		table.add(ParameterSpec.trained(PATCH_KERNEL, Initialiser.xavierUniform(pixels, width), width, 3, patch, patch));
		table.add(ParameterSpec.trained("patch_embed.proj.bias", Initialiser.fanIn(pixels), width));
		for (int i = 0; i < depth; i++) block(table, "blocks." + i);
		layerNorm(table, "norm");
		return table;
	}

	private void block(final List<ParameterSpec> table, final String name) {
		layerNorm(table, name + ".norm1");
		linear(table, name + ".attn.qkv", width, 3L * width);
		linear(table, name + ".attn.proj", width, width);
		layerNorm(table, name + ".norm2");
		linear(table, name + ".mlp.fc1", width, hidden);
		linear(table, name + ".mlp.fc2", hidden, width);
	}

	private static void linear(final List<ParameterSpec> table, final String name, final long in, final long out) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.xavierUniform(in, out), out, in));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), out));
	}

	private void layerNorm(final List<ParameterSpec> table, final String name) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.constant(1), width));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), width));
	}
}
