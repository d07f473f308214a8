package sc.fiji.vasomim.inference;

import java.util.ArrayList;
import java.util.List;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Weights;

/**
 * A U-Net of two stages whose logits are known: it passes the normalised grey level g on, px by px, and each logit is
 * {@code slope * g + offset}. Its four BatchNorms divide g by 1.00002 in all, so that a test must leave that much room.
 */
public final class HandMadeNetwork {

	private HandMadeNetwork() {}

	/**
	 * @param classes one: then there is one logit; else one of the background too, first
	 * @param size side in px that it says it was trained on, an even number
	 * @param slopes of each logit
	 * @param offsets of each logit
	 */
	public static Weights of(final List<String> classes, final int size, final float[] slopes, final float[] offsets) {
		final Weights weights = Weights.initialise(new UNet(List.of(2, 1), classes, size), 1, Device.cpu());
		for (final String name : new ArrayList<>(weights.all().keySet()))
			if (name.endsWith("conv1.weight") || name.endsWith("conv2.weight") || name.startsWith("head.")) weights.all().get(
				name).muli(0);
		// What is above the mean in one channel, what is below in the other, because ReLU passes no negative numbers.
		set(weights, "encoder.0.conv1.weight", 0, 0, 1);
		set(weights, "encoder.0.conv1.weight", 1, 0, -1);
		for (final String conv : new String[] { "encoder.0.conv2", "decoder.0.conv1", "decoder.0.conv2" })
			for (int channel = 0; channel < 2; channel++)
				set(weights, conv + ".weight", channel, channel, 1);
		for (int i = 0; i < slopes.length; i++) {
			weights.all().get("head.weight").set(new NDIndex("{}, 0, 0, 0", i), slopes[i]);
			weights.all().get("head.weight").set(new NDIndex("{}, 1, 0, 0", i), -slopes[i]);
			weights.all().get("head.bias").set(new NDIndex("{}", i), offsets[i]);
		}
		return weights;
	}

	private static void set(final Weights weights, final String name, final int out, final int in, final float value) {
		final NDArray kernel = weights.all().get(name);
		kernel.set(new NDIndex("{}, {}, 1, 1", out, in), value);
	}
}
