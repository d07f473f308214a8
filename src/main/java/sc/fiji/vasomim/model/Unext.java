package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;

/**
 * UNeXt (Valanarasu and Patel 2022): three convolution stages, two stages of shifted token mixing, and the way back
 * up. Parameter names are the published code's. With one class it is VasoMIM's segmentor too.
 *
 * @param c1 channels at half size
 * @param c2 channels at a quarter
 * @param c3 channels at an eighth
 * @param c4 channels at a sixteenth
 * @param c5 channels at a thirty-second
 * @param classes what it tells apart
 * @param size side in px of the square that it is trained on, a multiple of {@link #STRIDE}
 */
public record Unext(int c1, int c2, int c3, int c4, int c5, List<String> classes, int size) implements
	SegmentationNetwork
{

	static final String ARCHITECTURE = "unext";

	/** UNeXt-S, VasoMIM's segmentor: 253,561 parameters. */
	public static final Unext SMALL = new Unext(8, 16, 32, 64, 128);

	/** UNeXt as first published: 1,471,921 parameters. */
	public static final Unext FULL = new Unext(16, 32, 128, 160, 256);

	/** Sides of an image must be multiples of this, in px. */
	public static final int STRIDE = 32;

	public Unext {
		// Older model files say neither: they are segmentors.
		if (classes == null && size == 0) {
			classes = List.of("vessel");
			size = 224;
		}
		classes = SegmentationNetwork.requireClasses(classes);
		if (size < STRIDE || size > 8192 || size % STRIDE != 0) throw new IllegalArgumentException(
			"size: must be a multiple of " + STRIDE + " px up to 8192, but was " + size);
		for (final int channels : new int[] { c1, c2, c3, c4, c5 })
			if (channels < 5 || channels > 8192) throw new IllegalArgumentException(
				"c1..c5: each stage must have 5 to 8192 channels, but one has " + channels);
	}

	/** A segmentor of vessels at 224 px. */
	public Unext(final int c1, final int c2, final int c3, final int c4, final int c5) {
		this(c1, c2, c3, c4, c5, List.of("vessel"), 224);
	}

	/** The same widths for other classes and images. */
	public Unext with(final List<String> newClasses, final int newSize) {
		return new Unext(c1, c2, c3, c4, c5, newClasses, newSize);
	}

	@Override
	public String architecture() {
		return ARCHITECTURE;
	}

	@Override
	public int stride() {
		return STRIDE;
	}

	/** All down to a thirty-second. */
	@Override
	public boolean encodes(final String parameter) {
		return parameter.matches("(encoder|ebn|patch_embed|block|norm)\\d\\..*");
	}

	@Override
	public List<ParameterSpec> parameters() {
		final List<ParameterSpec> t = new ArrayList<>();
		convNorm(t, "encoder1", "ebn1", 3, c1);
		convNorm(t, "encoder2", "ebn2", c1, c2);
		convNorm(t, "encoder3", "ebn3", c2, c3);
		patchEmbed(t, "patch_embed3", c3, c4);
		shiftedBlock(t, "block1.0", c4);
		Layers.layerNorm(t, "norm3", c4);
		patchEmbed(t, "patch_embed4", c4, c5);
		shiftedBlock(t, "block2.0", c5);
		Layers.layerNorm(t, "norm4", c5);
		convNorm(t, "decoder1", "dbn1", c5, c4);
		shiftedBlock(t, "dblock1.0", c4);
		Layers.layerNorm(t, "dnorm3", c4);
		convNorm(t, "decoder2", "dbn2", c4, c3);
		shiftedBlock(t, "dblock2.0", c3);
		Layers.layerNorm(t, "dnorm4", c3);
		convNorm(t, "decoder3", "dbn3", c3, c2);
		convNorm(t, "decoder4", "dbn4", c2, c1);
		Layers.conv(t, "decoder5", c1, c1, 3);
		Layers.conv(t, "final", c1, outputs(), 1);
		return t;
	}

	private static void convNorm(final List<ParameterSpec> t, final String conv, final String norm, final long in,
		final long out)
	{
		Layers.conv(t, conv, in, out, 3);
		Layers.batchNorm(t, norm, out);
	}

	private static void patchEmbed(final List<ParameterSpec> t, final String name, final long in, final long out) {
		t.add(ParameterSpec.trained(name + ".proj.weight", fanOut(9 * out), out, in, 3, 3));
		t.add(ParameterSpec.trained(name + ".proj.bias", Initialiser.constant(0), out));
		Layers.layerNorm(t, name + ".norm", out);
	}

	private static void shiftedBlock(final List<ParameterSpec> t, final String name, final long c) {
		Layers.layerNorm(t, name + ".norm2", c);
		linear(t, name + ".mlp.fc1", c);
		// Depthwise: each output channel feeds on one input channel, so the fan out is the kernel alone.
		t.add(ParameterSpec.trained(name + ".mlp.dwconv.dwconv.weight", fanOut(9), c, 1, 3, 3));
		t.add(ParameterSpec.trained(name + ".mlp.dwconv.dwconv.bias", Initialiser.constant(0), c));
		linear(t, name + ".mlp.fc2", c);
	}

	private static Initialiser fanOut(final long fanOut) {
		return Initialiser.normal(Math.sqrt(2.0 / fanOut));
	}

	private static void linear(final List<ParameterSpec> t, final String name, final long c) {
		t.add(ParameterSpec.trained(name + ".weight", Initialiser.normal(0.02), c, c));
		t.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), c));
	}
}
