package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.files.SafetensorsWriter.Source;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitOptions;
import sc.fiji.vasomim.model.VitOptions.Positions;

/**
 * A vision transformer as timm has it: a VisionTransformer, a Beit if its positions are relative, an Eva if they are
 * rotary. The latter two have no bias of keys, which is 0 in what they train.
 */
final class TimmEncoder {

	private static final String BIAS = ".attn.qkv.bias";

	private final SafetensorsFile tensors;

	private final VisionTransformer encoder;

	TimmEncoder(final SafetensorsFile tensors, final VisionTransformer encoder) {
		this.tensors = tensors;
		this.encoder = encoder;
	}

	/**
	 * The Python expression that makes it.
	 *
	 * @throws IllegalArgumentException if timm has no class for it
	 */
	static String constructor(final VisionTransformer v) {
		final boolean unnormed = v.options().unnormed();
		if (unnormed && v.options().positions() != Positions.TABLE) throw new IllegalArgumentException(
			"model: has no LayerNorm behind its last block, but timm's Beit and Eva have one. It cannot be exported.");
		final String numbers = String.format(Locale.ROOT, "(img_size=%d, patch_size=%d, embed_dim=%d, depth=%d, " +
			"num_heads=%d, mlp_ratio=%s, num_classes=0, ", v.size(), v.patch(), v.width(), v.depth(), v.heads(), ratio(v));
		final double epsilon = v.options().epsilon();
		final String norm = ", norm_layer=functools.partial(torch.nn.LayerNorm, eps=" + epsilon + ")";
		final int registers = v.options().registers();
		return switch (v.options().positions()) {
			case TABLE -> "timm.models.VisionTransformer" + numbers + "class_token=" + (v.classToken() ? "True" : "False") +
				", global_pool=''" + (registers > 0 ? ", reg_tokens=" + registers + ", no_embed_class=True" : "") +
				(unnormed ? ", final_norm=False" : "") +
				(epsilon == VitOptions.PLAIN.epsilon() ? "" : norm) + ")";
			case RELATIVE -> "timm.models.Beit" + numbers + "global_pool='', init_values=None, use_abs_pos_emb=False, " +
				"use_rel_pos_bias=True" + norm + ")";
			case ROTARY -> "timm.models.Eva" + numbers + "global_pool='', init_values=None, use_abs_pos_emb=False, " +
				"use_rot_pos_emb=True, rope_type='dinov3', rope_temperature=100, rope_rotate_half=True, num_reg_tokens=" +
				registers + ", class_token=" + (v.classToken() ? "True" : "False") + ", dynamic_img_size=True" + norm + ")";
		};
	}

	/** Written so that Python's int(width * ratio) is exact. */
	private static String ratio(final VisionTransformer v) {
		return v.hidden() % v.width() == 0 ? Integer.toString(v.hidden() / v.width()) : v.hidden() + "/" + v.width();
	}

	/**
	 * @param name of the model's tensor
	 * @return what timm has for it: one tensor, or two, or none
	 */
	List<Source> sources(final String name) throws IOException {
		if (name.equals(VisionTransformer.PERIODS)) return periods();
		final boolean apart = encoder.options().registers() > 0 && encoder.classToken() && encoder.options()
			.positions() == Positions.TABLE;
		if (apart && name.equals(VisionTransformer.CLASS_TOKEN)) return List.of(classToken());
		if (apart && name.equals(VisionTransformer.POSITIONS)) return List.of(patchPositions());
		if (name.endsWith(BIAS) && encoder.options().positions() != Positions.TABLE) return queriesAndValues(name);
		return List.of(SafetensorsWriter.copy(tensors, name));
	}

	/** timm computes them from their number. */
	private List<Source> periods() throws IOException {
		final float[] periods = tensors.floats(VisionTransformer.PERIODS);
		for (int i = 0; i < periods.length; i++)
			if (Math.abs(periods[i] / Math.pow(100, i / (double) periods.length) - 1) > 1e-5) throw new IllegalArgumentException(
				"model: " + tensors + " has rotary positions of the periods " + Arrays.toString(periods) +
					", but timm knows those of base 100 alone. It cannot be exported.");
		return List.of();
	}

	/** Where there are registers, timm's table is of patches alone, so the class token's position is added to it here. */
	private Source classToken() {
		final int width = encoder.width();
		return SafetensorsWriter.floats(VisionTransformer.CLASS_TOKEN, () -> {
			final float[] token = tensors.floats(VisionTransformer.CLASS_TOKEN);
			final float[] table = tensors.floats(VisionTransformer.POSITIONS);
			for (int i = 0; i < width; i++) token[i] += table[i];
			return token;
		}, 1, 1, width);
	}

	private Source patchPositions() {
		final int width = encoder.width();
		return SafetensorsWriter.floats(VisionTransformer.POSITIONS, () -> {
			final float[] table = tensors.floats(VisionTransformer.POSITIONS);
			return Arrays.copyOfRange(table, width, table.length);
		}, 1, encoder.patches(), width);
	}

	private List<Source> queriesAndValues(final String name) throws IOException {
		final int width = encoder.width();
		final float[] bias = tensors.floats(name);
		for (int i = width; i < 2 * width; i++)
			if (bias[i] != 0 && encoder.options().positions() == Positions.ROTARY) throw new IllegalArgumentException("model: " +
				tensors + " has biases of keys in " + name + ", for which timm's Eva has no place. It cannot be exported.");
		final String block = name.substring(0, name.length() - BIAS.length()) + ".attn.";
		return List.of(SafetensorsWriter.floats(block + "q_bias", Arrays.copyOf(bias, width), width), SafetensorsWriter.floats(
			block + "v_bias", Arrays.copyOfRange(bias, 2 * width, 3 * width), width));
	}
}
