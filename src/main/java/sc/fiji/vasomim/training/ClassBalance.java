package sc.fiji.vasomim.training;

import java.util.Arrays;
import java.util.Locale;

/** Weights of the classes, background included, by how many of the training images' pixels they have. */
public enum ClassBalance {

	/** All pixels count the same. */
	NONE(0),
	/** By the square root of the inverse frequency. */
	ROOT(0.5),
	/** By the inverse frequency: all classes count the same. */
	INVERSE(1);

	private final double power;

	ClassBalance(final double power) {
		this.power = power;
	}

	/**
	 * @param pixels of each class
	 * @return a weight for each; only their ratios matter. A class without pixels gets 0, and 1 without balance
	 */
	float[] weights(final long[] pixels) {
		final double all = Arrays.stream(pixels).sum();
		final float[] weights = new float[pixels.length];
		for (int i = 0; i < pixels.length; i++)
			weights[i] = this == NONE ? 1 : pixels[i] == 0 ? 0 : (float) Math.pow(all / pixels[i], power);
		return weights;
	}

	/** As users write it. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
