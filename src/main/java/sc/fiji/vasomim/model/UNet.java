package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A light U-Net (Ronneberger et al. 2015): two 3 x 3 convolutions with BatchNorm a stage, max pooling down, bilinear
 * interpolation up. One grey channel in, normalised per image.
 *
 * @param widths channels of each stage, from full size down
 * @param classes what it tells apart
 * @param size side in px of the square that it is trained on, a multiple of {@link #stride}
 */
public record UNet(List<Integer> widths, List<String> classes, int size) implements SegmentationNetwork {

	static final String ARCHITECTURE = "unet";

	/** 0.92 million parameters. */
	public static final List<Integer> LIGHT = List.of(16, 32, 64, 96, 128);

	public UNet {
		if (widths == null || widths.size() < 2 || widths.size() > 7) throw new IllegalArgumentException(
			"widths: there must be 2 to 7 stages, but was " + widths);
		widths = List.copyOf(widths);
		for (final int width : widths)
			if (width < 1 || width > 4096) throw new IllegalArgumentException(
				"widths: each stage must have 1 to 4096 channels, but one has " + width);
		classes = SegmentationNetwork.requireClasses(classes);
		final int stride = 1 << widths.size() - 1;
		if (size < stride || size > 8192 || size % stride != 0) throw new IllegalArgumentException(
			"size: must be a multiple of " + stride + " px up to 8192, but was " + size);
	}

	@Override
	public String architecture() {
		return ARCHITECTURE;
	}

	@Override
	public String normalisation() {
		return "image";
	}

	@Override
	public int stride() {
		return 1 << widths.size() - 1;
	}

	@Override
	public boolean encodes(final String parameter) {
		return parameter.startsWith("encoder.");
	}

	@Override
	public int depth() {
		return widths.size();
	}

	@Override
	public List<ParameterSpec> parameters() {
		final List<ParameterSpec> t = new ArrayList<>();
		for (int i = 0; i < widths.size(); i++)
			block(t, "encoder." + i, i == 0 ? 1 : widths.get(i - 1), widths.get(i));
		for (int i = widths.size() - 2; i >= 0; i--)
			block(t, "decoder." + i, widths.get(i) + widths.get(i + 1), widths.get(i));
		Layers.conv(t, "head", widths.get(0), outputs(), 1);
		return t;
	}

	private static void block(final List<ParameterSpec> t, final String name, final int in, final int out) {
		convNorm(t, name, 1, in, out);
		convNorm(t, name, 2, out, out);
	}

	/** No bias: BatchNorm would take it away again. */
	private static void convNorm(final List<ParameterSpec> t, final String block, final int i, final int in,
		final int out)
	{
		t.add(ParameterSpec.trained(block + ".conv" + i + ".weight", Initialiser.fanIn(9 * in), out, in, 3, 3));
		Layers.batchNorm(t, block + ".norm" + i, out);
	}
}
