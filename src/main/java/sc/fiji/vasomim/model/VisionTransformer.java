package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.model.ParameterSpec.Role;

/**
 * A plain vision transformer (Dosovitskiy et al. 2021): the encoder of other networks, or alone, as imported from
 * elsewhere. Parameter names are timm's.
 *
 * @param size image side in px, a multiple of {@code patch}
 * @param patch patch side in px
 * @param width channels D
 * @param depth blocks
 * @param heads attention heads
 * @param hidden channels between the two layers of a block's MLP; 4 D in most
 * @param classToken whether a class token comes before the patches
 * @param learned whether the position table is trained; else it stays as it starts, sines and cosines or imported
 */
public record VisionTransformer(int size, int patch, int width, int depth, int heads, int hidden, boolean classToken,
	boolean learned) implements Network
{

	static final String ARCHITECTURE = "vit";

	public static final String CLASS_TOKEN = "cls_token";

	public static final String POSITIONS = "pos_embed";

	public static final String PATCH_KERNEL = "patch_embed.proj.weight";

	private static final long LARGEST_TABLE = 1 << 28;

	private static final String BLOCKS = "blocks.";

	public VisionTransformer {
		// Older model files say neither: they have class tokens and the usual MLP.
		if (hidden == 0 && !classToken) {
			hidden = 4 * width;
			classToken = true;
		}
		atMost("size", size, 4096);
		atMost("patch", patch, 256);
		atMost("width", width, 8192);
		atMost("depth", depth, 128);
		positive("patch", patch);
		positive("depth", depth);
		if (size < patch || size % patch != 0) throw new IllegalArgumentException(
			"size: must be a positive multiple of the patch side " + patch + " px, but was " + size);
		divisible("width", width, "heads", heads);
		positive("hidden", hidden);
		atMost("hidden", hidden, 1 << 16);
		if ((long) size / patch * (size / patch) * width > LARGEST_TABLE) throw new IllegalArgumentException(
			"size: must not make more than " + LARGEST_TABLE + " positions times channels, but was " + size);
	}

	/** With a class token and the usual MLP. */
	public VisionTransformer(final int size, final int patch, final int width, final int depth, final int heads,
		final boolean learned)
	{
		this(size, patch, width, depth, heads, 4 * width, true, learned);
	}

	/** Patches per side. */
	public int grid() {
		return size / patch;
	}

	/** Patches of an image, L. */
	public int patches() {
		return grid() * grid();
	}

	@Override
	public String architecture() {
		return ARCHITECTURE;
	}

	@Override
	public List<ParameterSpec> parameters() {
		final List<ParameterSpec> table = new ArrayList<>(tokens());
		table.addAll(layers());
		Layers.layerNorm(table, "norm", width);
		return table;
	}

	/** Class token, if there is one, and position table. */
	List<ParameterSpec> tokens() {
		final ParameterSpec positions = positions(POSITIONS, grid(), width, classToken, learned);
		return classToken ? List.of(ParameterSpec.trained(CLASS_TOKEN, Initialiser.normal(0.02), 1, 1, width), positions)
			: List.of(positions);
	}

	static ParameterSpec positions(final String name, final int grid, final int channels, final boolean classToken,
		final boolean learned)
	{
		return new ParameterSpec(name, new Shape(1, (classToken ? 1 : 0) + (long) grid * grid, channels), DataType.FLOAT32,
			learned ? Role.TRAINED : Role.FIXED, Initialiser.sineCosine(grid, channels));
	}

	/** All behind the tokens, the last normalisation left out. */
	List<ParameterSpec> layers() {
		final List<ParameterSpec> table = new ArrayList<>();
		final long pixels = 3L * patch * patch;
		table.add(ParameterSpec.trained(PATCH_KERNEL, Initialiser.xavierUniform(pixels, width), width, 3, patch, patch));
		table.add(ParameterSpec.trained("patch_embed.proj.bias", Initialiser.fanIn(pixels), width));
		for (int i = 0; i < depth; i++)
			block(table, BLOCKS + i, width, hidden);
		return table;
	}

	/** Whether a parameter, perhaps of a deeper one, is a vision transformer's. */
	static boolean owns(final String parameter) {
		return parameter.equals(CLASS_TOKEN) || parameter.equals(POSITIONS) || parameter.startsWith("patch_embed.") ||
			parameter.startsWith(BLOCKS) || parameter.startsWith("norm.");
	}

	/** Layers from the last normalisation, which is 0, down to a parameter's own: depth + 1 for the embedding. */
	int layersAbove(final String parameter) {
		if (parameter.startsWith("norm.")) return 0;
		if (!parameter.startsWith(BLOCKS)) return depth + 1;
		return depth - Integer.parseInt(parameter.substring(BLOCKS.length(), parameter.indexOf('.', BLOCKS.length())));
	}

	static void block(final List<ParameterSpec> table, final String name, final long width,
		final long hidden)
	{
		Layers.layerNorm(table, name + ".norm1", width);
		linear(table, name + ".attn.qkv", width, 3 * width);
		linear(table, name + ".attn.proj", width, width);
		Layers.layerNorm(table, name + ".norm2", width);
		linear(table, name + ".mlp.fc1", width, hidden);
		linear(table, name + ".mlp.fc2", hidden, width);
	}

	static void linear(final List<ParameterSpec> table, final String name, final long in, final long out) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.xavierUniform(in, out), out, in));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), out));
	}

	static void positive(final String name, final int value) {
		if (value <= 0) throw new IllegalArgumentException(name + ": must be positive, but was " + value);
	}

	/** A damaged model file must not ask for a table without end. */
	static void atMost(final String name, final int value, final int most) {
		if (value > most) throw new IllegalArgumentException(name + ": must be at most " + most + ", but was " + value);
	}

	static void divisible(final String name, final int value, final String headsName, final int heads) {
		positive(headsName, heads);
		if (value <= 0 || value % heads != 0 || value % 4 != 0) throw new IllegalArgumentException(name +
			": must be a positive multiple of 4 and of " + headsName + " (" + heads + "), but was " + value);
	}
}
