package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.model.ParameterSpec.Role;

/**
 * A vision transformer whose last block feeds a simple feature pyramid (Li et al. 2022) and a residual U-Net decoder, as
 * CheXWorld fine-tunes. The pyramid follows the patch side: by enlargement and 3 x 3 convolutions for 16 px, by
 * transposed convolutions for 8 px. The encoder's parameters are those of {@link MaskedAutoencoder}'s.
 *
 * @param encoder with patches of 16 or 8 px, for images of a size that is a multiple of {@link #stride}
 * @param base channels at full size; twice as many at each halving, 16 times as many at a sixteenth
 * @param normed whether the decoder sees the last block after the final LayerNorm; the published code takes it before
 * @param classes what it tells apart
 */
public record VitUNet(VisionTransformer encoder, int base, boolean normed, List<String> classes) implements
	SegmentationNetwork
{

	static final String ARCHITECTURE = "vit-unet";

	/** The published decoder's channels at full size. */
	public static final int BASE = 32;

	private static final int STRIDE = 16;

	public VitUNet {
		if (encoder == null || encoder.patch() != 16 && encoder.patch() != 8) throw new IllegalArgumentException(
			"patch: must be 16 or 8 px, but the encoder is " + encoder);
		if (encoder.size() % STRIDE != 0) throw new IllegalArgumentException("size: must be a multiple of " + STRIDE +
			" px, but was " + encoder.size());
		if (base < 2 || base > 512 || base % 2 != 0) throw new IllegalArgumentException(
			"base: must be an even number in 2..512, but was " + base);
		if (normed && encoder.options().unnormed()) throw new IllegalArgumentException(
			"normed: must be false for an encoder without a LayerNorm behind its last block, but was true");
		classes = SegmentationNetwork.requireClasses(classes);
	}

	/** The published head on an encoder. */
	public VitUNet(final VisionTransformer encoder, final List<String> classes) {
		this(encoder, BASE, false, classes);
	}

	@Override
	public String architecture() {
		return ARCHITECTURE;
	}

	@Override
	public int size() {
		return encoder.size();
	}

	@Override
	public int stride() {
		return STRIDE;
	}

	@Override
	public boolean anySize() {
		return false;
	}

	@Override
	public int depth() {
		return encoder.depth();
	}

	@Override
	public int heads() {
		return encoder.heads();
	}

	@Override
	public double epsilon() {
		return encoder.options().epsilon();
	}

	/** A transformer's tokens, positions and normalisation are taken over. */
	@Override
	public VitUNet fittedTo(final Network start) {
		if (start instanceof VisionTransformer) return around((VisionTransformer) start);
		return start instanceof VitUNet ? around(((VitUNet) start).encoder) : this;
	}

	private VitUNet around(final VisionTransformer start) {
		return new VitUNet(encoder.like(start), base, normed, classes);
	}

	@Override
	public boolean encodes(final String parameter) {
		return VisionTransformer.owns(parameter);
	}

	@Override
	public int layersAbove(final String parameter) {
		return encodes(parameter) ? encoder.layersAbove(parameter) : 0;
	}

	/** Not to tokens and positions either. */
	@Override
	public boolean decays(final ParameterSpec parameter) {
		return parameter.decays() && !VisionTransformer.isPlace(parameter.name());
	}

	@Override
	public List<ParameterSpec> parameters() {
		final List<ParameterSpec> t = new ArrayList<>(encoder.tokens());
		t.addAll(encoder.layers());
		norm(t);
		if (encoder.patch() == 16) pyramid16(t);
		else pyramid8(t);
		residual(t, "stem", 3, base);
		for (int i = 0, channels = 8 * base; i < 4; i++, channels /= 2)
			residual(t, "decoder." + i, 3 * channels, channels);
		Layers.conv(t, "head", base, outputs(), 1);
		return t;
	}

	/** Kept, but not trained, where nothing comes after it. */
	private void norm(final List<ParameterSpec> t) {
		if (encoder.options().unnormed()) return;
		final List<ParameterSpec> norm = new ArrayList<>();
		Layers.layerNorm(norm, "norm", encoder.width());
		norm.forEach(p -> t.add(normed ? p : new ParameterSpec(p.name(), p.shape(), DataType.FLOAT32, Role.FIXED, p
			.initialiser())));
	}

	private void pyramid16(final List<ParameterSpec> t) {
		final int width = encoder.width();
		convNorm(t, "pyramid.p16", 1, width, 16 * base, 1);
		convNorm(t, "pyramid.p8", 1, width, 8 * base, 3);
		convNorm(t, "pyramid.p4", 1, width, width / 2, 3);
		convNorm(t, "pyramid.p4", 2, width / 2, 4 * base, 3);
		convNorm(t, "pyramid.p2", 1, width, width / 2, 3);
		convNorm(t, "pyramid.p2", 2, width / 2, width / 4, 3);
		convNorm(t, "pyramid.p2", 3, width / 4, 2 * base, 3);
	}

	private void pyramid8(final List<ParameterSpec> t) {
		final int width = encoder.width();
		convNorm(t, "pyramid.p16", 1, width, 2 * width, 2);
		convNorm(t, "pyramid.p16", 2, 2 * width, 16 * base, 1);
		convNorm(t, "pyramid.p8", 1, width, 8 * base, 1);
		upNorm(t, "pyramid.p4", 1, width, width / 2);
		convNorm(t, "pyramid.p4", 2, width / 2, 4 * base, 1);
		upNorm(t, "pyramid.p2", 1, width, width / 2);
		upNorm(t, "pyramid.p2", 2, width / 2, width / 4);
		convNorm(t, "pyramid.p2", 3, width / 4, 2 * base, 1);
	}

	private static void residual(final List<ParameterSpec> t, final String name, final int in, final int out) {
		convNorm(t, name, 1, in, out, 3);
		convNorm(t, name, 2, out, out, 3);
		Layers.conv(t, name + ".skip", in, out, 1);
	}

	private static void convNorm(final List<ParameterSpec> t, final String name, final int i, final int in,
		final int out, final int kernel)
	{
		Layers.conv(t, name + ".conv" + i, in, out, kernel);
		Layers.batchNorm(t, name + ".norm" + i, out);
	}

	private static void upNorm(final List<ParameterSpec> t, final String name, final int i, final int in,
		final int out)
	{
		Layers.transposedConv(t, name + ".up" + i, in, out, 2);
		Layers.batchNorm(t, name + ".norm" + i, out);
	}
}
