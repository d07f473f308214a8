package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.model.ParameterSpec.Role;

/**
 * Masked autoencoder (He et al. 2022): a vision transformer that sees the visible patches, and a light decoder that
 * fills in the hidden ones. Parameter names are MAE's, which are timm's for the encoder.
 *
 * @param size image side in px, a multiple of {@code patch}
 * @param patch patch side in px
 * @param width encoder channels D
 * @param depth encoder blocks
 * @param heads encoder attention heads
 * @param decoderWidth decoder channels
 * @param decoderDepth decoder blocks
 * @param decoderHeads decoder attention heads
 */
public record MaskedAutoencoder(int size, int patch, int width, int depth, int heads, int decoderWidth,
	int decoderDepth, int decoderHeads) implements Network
{

	static final String ARCHITECTURE = "mae";

	public MaskedAutoencoder {
		atMost("size", size, 4096);
		atMost("width", width, 8192);
		atMost("depth", depth, 128);
		atMost("decoderWidth", decoderWidth, 8192);
		atMost("decoderDepth", decoderDepth, 128);
		positive("patch", patch);
		positive("depth", depth);
		positive("decoderDepth", decoderDepth);
		if (size < patch || size % patch != 0) throw new IllegalArgumentException(
			"size: must be a positive multiple of the patch side " + patch + " px, but was " + size);
		divisible("width", width, "heads", heads);
		divisible("decoderWidth", decoderWidth, "decoderHeads", decoderHeads);
	}

	/** The published sizes, and {@code tiny} (192-d, 12 blocks; decoder 128-d, 4 blocks) for CPUs and tests. */
	public enum Variant {
		TINY, BASE, LARGE, HUGE;

		/** This variant for square images of {@code size} px. */
		public MaskedAutoencoder forSize(final int size) {
			return switch (this) {
				case TINY -> new MaskedAutoencoder(size, 16, 192, 12, 3, 128, 4, 4);
				case BASE -> new MaskedAutoencoder(size, 16, 768, 12, 12, 512, 8, 16);
				case LARGE -> new MaskedAutoencoder(size, 16, 1024, 24, 16, 512, 8, 16);
				case HUGE -> new MaskedAutoencoder(size, 14, 1280, 32, 16, 512, 8, 16);
			};
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
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
		final List<ParameterSpec> table = new ArrayList<>();
		final long pixels = 3L * patch * patch;
		table.add(ParameterSpec.trained("cls_token", Initialiser.normal(0.02), 1, 1, width));
		table.add(positions("pos_embed", width));
		table.add(ParameterSpec.trained("mask_token", Initialiser.normal(0.02), 1, 1, decoderWidth));
		table.add(positions("decoder_pos_embed", decoderWidth));
		table.add(ParameterSpec.trained("patch_embed.proj.weight", Initialiser.xavierUniform(pixels, width), width, 3,
			patch, patch));
		table.add(ParameterSpec.trained("patch_embed.proj.bias", Initialiser.fanIn(pixels), width));
		for (int i = 0; i < depth; i++)
			block(table, "blocks." + i, width);
		layerNorm(table, "norm", width);
		linear(table, "decoder_embed", width, decoderWidth);
		for (int i = 0; i < decoderDepth; i++)
			block(table, "decoder_blocks." + i, decoderWidth);
		layerNorm(table, "decoder_norm", decoderWidth);
		linear(table, "decoder_pred", decoderWidth, pixels);
		return table;
	}

	private ParameterSpec positions(final String name, final int channels) {
		return new ParameterSpec(name, new Shape(1, 1 + patches(), channels), DataType.FLOAT32, Role.FIXED, Initialiser
			.sineCosine(grid(), channels));
	}

	private static void block(final List<ParameterSpec> table, final String name, final long width) {
		layerNorm(table, name + ".norm1", width);
		linear(table, name + ".attn.qkv", width, 3 * width);
		linear(table, name + ".attn.proj", width, width);
		layerNorm(table, name + ".norm2", width);
		linear(table, name + ".mlp.fc1", width, 4 * width);
		linear(table, name + ".mlp.fc2", 4 * width, width);
	}

	private static void linear(final List<ParameterSpec> table, final String name, final long in, final long out) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.xavierUniform(in, out), out, in));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), out));
	}

	private static void layerNorm(final List<ParameterSpec> table, final String name, final long width) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.constant(1), width));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), width));
	}

	private static void positive(final String name, final int value) {
		if (value <= 0) throw new IllegalArgumentException(name + ": must be positive, but was " + value);
	}

	/** A damaged model file must not ask for a table without end. */
	private static void atMost(final String name, final int value, final int most) {
		if (value > most) throw new IllegalArgumentException(name + ": must be at most " + most + ", but was " + value);
	}

	private static void divisible(final String name, final int value, final String headsName, final int heads) {
		positive(headsName, heads);
		if (value <= 0 || value % heads != 0 || value % 4 != 0) throw new IllegalArgumentException(name +
			": must be a positive multiple of 4 and of " + headsName + " (" + heads + "), but was " + value);
	}
}
