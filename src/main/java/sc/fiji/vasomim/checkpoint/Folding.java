package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.files.SafetensorsWriter.Floats;
import sc.fiji.vasomim.model.VisionTransformer;

/**
 * Works into an encoder's weights what a plain vision transformer has no parameters for, where that gives the same network,
 * up to rounding: LayerScale into the layer before it, a mask of biases into them, another normalisation of grey values
 * into the patch embedding.
 */
final class Folding {

	/** What a network of this software is given. */
	private static final double[] MEANS = { 0.485, 0.456, 0.406 };

	private static final double[] DEVIATIONS = { 0.229, 0.224, 0.225 };

	private final EncoderTensors tensors;

	private final ImportSettings settings;

	Folding(final EncoderTensors tensors, final ImportSettings settings) {
		this.tensors = tensors;
		this.settings = settings;
	}

	/** The file's tensors that have no place of their own in the model, and the normalisation, for reports. */
	List<String> folded() {
		final List<String> names = new ArrayList<>();
		tensors.parts().forEach((name, parts) -> {
			if (name.matches(EncoderTensors.FOLDED)) names.addAll(parts);
		});
		if (settings.normalises()) names.add("mean " + settings.mean() + " and deviation " + settings.deviation() +
			" of grey values");
		return names;
	}

	/**
	 * A parameter as a network without those computes with it.
	 *
	 * @param kernel of the patch embedding as the model will have it, perhaps resized: D x 3 x p x p
	 */
	float[] values(final String name, final Floats kernel) throws IOException {
		final float[] values = tensors.values(name);
		final String block = name.substring(0, name.indexOf('.', name.indexOf('.') + 1) + 1);
		if (name.contains(".attn.proj.")) scale(values, name, block + "ls1.gamma");
		else if (name.contains(".mlp.fc2.")) scale(values, name, block + "ls2.gamma");
		else if (name.endsWith(".qkv.bias")) scale(values, name, name + "_mask");
		else if (name.equals(VisionTransformer.PATCH_KERNEL)) scaleChannels(values);
		else if (name.equals("patch_embed.proj.bias")) shift(values, kernel);
		return values;
	}

	/** Multiplies each row, or value, by the factor of its output. */
	private void scale(final float[] values, final String name, final String factorName) throws IOException {
		if (!tensors.has(factorName)) return;
		final float[] factors = tensors.values(factorName);
		if (factors.length == 0 || tensors.shape(name).get(0) != factors.length) throw new IOException("Cannot import " +
			tensors.file() + ": " + factorName + " has " + factors.length + " values for " + name + " of shape " + tensors
				.shape(name));
		final int row = values.length / factors.length;
		for (int i = 0; i < values.length; i++) values[i] *= factors[i / row];
	}

	/** (g - mean) / deviation is ImageNet's (g - M) / S, times S / deviation, plus (M - mean) / deviation. */
	private void scaleChannels(final float[] kernel) throws IOException {
		if (!settings.normalises()) return;
		final int pixels = channelPixels(kernel);
		for (int i = 0; i < kernel.length; i++) kernel[i] *= DEVIATIONS[i / pixels % 3] / settings.deviation();
	}

	private void shift(final float[] bias, final Floats scaledKernel) throws IOException {
		if (!settings.normalises()) return;
		final float[] kernel = scaledKernel.make();
		final int row = kernel.length / bias.length;
		for (int d = 0; d < bias.length; d++) {
			double sum = bias[d];
			for (int i = 0; i < row; i++) {
				final int channel = i / (row / 3);
				sum += kernel[d * row + i] * (MEANS[channel] - settings.mean()) / DEVIATIONS[channel];
			}
			bias[d] = (float) sum;
		}
	}

	private int channelPixels(final float[] kernel) throws IOException {
		return kernel.length / Math.toIntExact(3 * tensors.shape(VisionTransformer.PATCH_KERNEL).get(0));
	}
}
