package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.model.VitOptions.Positions;

/**
 * A vision transformer (Dosovitskiy et al. 2021): the encoder of other networks, or alone, as imported from elsewhere.
 * Parameter names are timm's.
 *
 * @param size image side in px, a multiple of {@code patch}
 * @param patch patch side in px
 * @param width channels D
 * @param depth blocks
 * @param heads attention heads
 * @param hidden channels between the two layers of a block's MLP; 4 D in most
 * @param classToken whether a class token comes before the patches
 * @param learned whether the position table is trained; else it stays as it starts, sines and cosines or imported
 * @param options what it has beyond the plain one
 */
public record VisionTransformer(int size, int patch, int width, int depth, int heads, int hidden, boolean classToken,
	boolean learned, VitOptions options) implements Network
{

	static final String ARCHITECTURE = "vit";

	public static final String CLASS_TOKEN = "cls_token";

	public static final String POSITIONS = "pos_embed";

	public static final String PATCH_KERNEL = "patch_embed.proj.weight";

	public static final String REGISTERS = "reg_token";

	/** Of rotary positions, as lengths of the way from -1 to 1: a quarter as many as a head has channels. */
	public static final String PERIODS = "rope_embed.periods";

	/** Of a block: (2 g - 1)^2 + 3 distances x heads. */
	public static final String RELATIVE = ".attn.relative_position_bias_table";

	private static final long LARGEST_TABLE = 1 << 28;

	private static final String BLOCKS = "blocks.";

	public VisionTransformer {
		// Older model files say none of these: they have class tokens, the usual MLP and nothing beyond the plain one.
		if (options == null) options = VitOptions.PLAIN;
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
		requireFit(options, width / heads, classToken);
	}

	private static void requireFit(final VitOptions options, final int headWidth, final boolean classToken) {
		if (options.positions() == Positions.ROTARY && headWidth % 4 != 0) throw new IllegalArgumentException(
			"heads: must have a multiple of 4 channels each for rotary positions, but have " + headWidth);
		if (options.positions() == Positions.RELATIVE && !classToken) throw new IllegalArgumentException(
			"classToken: must be there with relative positions, but is not");
	}

	/** A plain one. */
	public VisionTransformer(final int size, final int patch, final int width, final int depth, final int heads,
		final int hidden, final boolean classToken, final boolean learned)
	{
		this(size, patch, width, depth, heads, hidden, classToken, learned, VitOptions.PLAIN);
	}

	/** A plain one with a class token and the usual MLP. */
	public VisionTransformer(final int size, final int patch, final int width, final int depth, final int heads,
		final boolean learned)
	{
		this(size, patch, width, depth, heads, 4 * width, true, learned);
	}

	/** This one, of the same size, with the tokens, positions and normalisation of another, so that its weights fit. */
	VisionTransformer like(final VisionTransformer other) {
		return new VisionTransformer(size, patch, width, depth, heads, hidden, other.classToken, learned, other.options);
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
		if (!options.unnormed()) Layers.layerNorm(table, "norm", width);
		return table;
	}

	/** Tokens beside the patches, and what positions all blocks share. */
	List<ParameterSpec> tokens() {
		final List<ParameterSpec> table = new ArrayList<>();
		final int registers = options.registers();
		if (classToken) table.add(ParameterSpec.trained(CLASS_TOKEN, Initialiser.normal(0.02), 1, 1, width));
		if (registers > 0) table.add(ParameterSpec.trained(REGISTERS, Initialiser.normal(0.02), 1, registers, width));
		if (options.positions() == Positions.TABLE) table.add(positions(POSITIONS, grid(), width, classToken, learned));
		if (options.positions() == Positions.ROTARY) table.add(new ParameterSpec(PERIODS, new Shape(width / heads / 4),
			DataType.FLOAT32, Role.FIXED, Initialiser.ROTARY_PERIODS));
		return table;
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
		final long distances = 2L * grid() - 1;
		for (int i = 0; i < depth; i++) {
			block(table, BLOCKS + i, width, hidden);
			if (options.positions() == Positions.RELATIVE) table.add(ParameterSpec.trained(BLOCKS + i + RELATIVE, Initialiser
				.constant(0), distances * distances + 3, heads));
		}
		return table;
	}

	/** Whether a parameter, perhaps of a deeper one, is a vision transformer's. */
	static boolean owns(final String parameter) {
		return isPlace(parameter) || parameter.startsWith("patch_embed.") || parameter.startsWith(BLOCKS) || parameter
			.startsWith("norm.");
	}

	/** Whether a parameter is a token or says where tokens are. */
	static boolean isPlace(final String parameter) {
		return parameter.equals(CLASS_TOKEN) || parameter.equals(REGISTERS) || parameter.equals(POSITIONS) || parameter
			.equals(PERIODS) || parameter.endsWith(RELATIVE);
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
