package sc.fiji.vasomim.checkpoint;

import java.util.List;

/**
 * What to take from a checkpoint.
 *
 * @param weights which set of weights, one of {@link #WEIGHTS}; auto: the one that its project evaluates
 * @param size image side in px to resize positions for; 0: as in the file
 * @param patch patch side in px to resize the patch kernel to, the image side kept; 0: as in the file
 * @param heads attention heads; 0: as the file tells, or as usual for the width
 * @param mean of grey values 0..1, which the encoder was trained to have subtracted
 * @param deviation by which they were then divided; 0, and the mean too: both as for ImageNet
 */
public record ImportSettings(String weights, int size, int patch, int heads, double mean, double deviation) {

	public static final List<String> WEIGHTS = List.of("auto", "model", "ema", "teacher", "student", "target", "encoder",
		"base", "momentum");

	public static final ImportSettings DEFAULT = new ImportSettings("auto", 0, 0, 0, 0, 0);

	public ImportSettings {
		if (!WEIGHTS.contains(weights)) throw new IllegalArgumentException("weights: must be one of " + String.join(", ",
			WEIGHTS) + ", but was " + weights);
		within("size", size, 4096);
		within("patch", patch, 256);
		within("heads", heads, 128);
		if (!(mean >= 0 && mean <= 1)) throw new IllegalArgumentException("mean: must lie in 0..1, but was " + mean);
		if (!(deviation >= 0 && deviation <= 1) || deviation == 0 && mean != 0) throw new IllegalArgumentException(
			"deviation: must lie in 0..1, above 0 if there is a mean, but was " + deviation);
	}

	/** Whether grey values are normalised otherwise than for ImageNet. */
	boolean normalises() {
		return deviation > 0;
	}

	private static void within(final String name, final int value, final int most) {
		if (value < 0 || value > most) throw new IllegalArgumentException(name + ": must lie in 0.." + most + ", but was " +
			value);
	}
}
