package sc.fiji.vasomim.quantify;

/**
 * @param corrected whether diameters are those of blurred tubes fitted to the profiles; else the distances of the
 *          gradient edges, which are too great for narrow and too small for wide lumens
 * @param blur standard deviation of the image's blur, px, 0.3..5; 0: taken from the image
 * @param threshold least diameter stenosis of a lesion, percent, 5..99
 * @param smallest reference diameter of a lesion, px, 1..100; thinner vessels are too near the blur to be graded
 */
public record StenosisSettings(boolean corrected, double blur, double threshold, double smallest) {

	public static final StenosisSettings DEFAULT = new StenosisSettings(true, 0, 30, 4);

	public StenosisSettings {
		check(blur == 0 || blur >= 0.3 && blur <= 5, "blur", "0.3..5 px, or 0 to take it from the image", blur);
		check(threshold >= 5 && threshold <= 99, "threshold", "5..99 %", threshold);
		check(smallest >= 1 && smallest <= 100, "smallest", "1..100 px", smallest);
	}

	private static void check(final boolean valid, final String name, final String range, final Object value) {
		if (!valid) throw new IllegalArgumentException(
			name + " must be " + range + ", but is " + value + ": choose a value in that range");
	}
}
