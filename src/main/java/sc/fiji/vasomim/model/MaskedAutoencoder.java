package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
 * @param rawPixels whether it predicts pixels themselves; else patches normalised by their own mean and deviation
 */
public record MaskedAutoencoder(int size, int patch, int width, int depth, int heads, int decoderWidth,
	int decoderDepth, int decoderHeads, boolean rawPixels) implements Network
{

	static final String ARCHITECTURE = "mae";

	public MaskedAutoencoder {
		new VisionTransformer(size, patch, width, depth, heads, false);
		VisionTransformer.atMost("decoderWidth", decoderWidth, 8192);
		VisionTransformer.atMost("decoderDepth", decoderDepth, 128);
		VisionTransformer.positive("decoderDepth", decoderDepth);
		VisionTransformer.divisible("decoderWidth", decoderWidth, "decoderHeads", decoderHeads);
	}

	/** One that predicts normalised patches, as published. */
	public MaskedAutoencoder(final int size, final int patch, final int width, final int depth, final int heads,
		final int decoderWidth, final int decoderDepth, final int decoderHeads)
	{
		this(size, patch, width, depth, heads, decoderWidth, decoderDepth, decoderHeads, false);
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

	/** The same with another target. */
	public MaskedAutoencoder predicting(final boolean pixels) {
		return new MaskedAutoencoder(size, patch, width, depth, heads, decoderWidth, decoderDepth, decoderHeads, pixels);
	}

	/** What is kept of it after pre-training. */
	public VisionTransformer encoder() {
		return new VisionTransformer(size, patch, width, depth, heads, false);
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
		final List<ParameterSpec> table = new ArrayList<>(encoder().tokens());
		table.add(ParameterSpec.trained("mask_token", Initialiser.normal(0.02), 1, 1, decoderWidth));
		table.add(VisionTransformer.positions("decoder_pos_embed", grid(), decoderWidth, true, false));
		table.addAll(encoder().layers());
		Layers.layerNorm(table, "norm", width);
		VisionTransformer.linear(table, "decoder_embed", width, decoderWidth);
		for (int i = 0; i < decoderDepth; i++)
			VisionTransformer.block(table, "decoder_blocks." + i, decoderWidth, 4L * decoderWidth);
		Layers.layerNorm(table, "decoder_norm", decoderWidth);
		VisionTransformer.linear(table, "decoder_pred", decoderWidth, 3L * patch * patch);
		return table;
	}
}
