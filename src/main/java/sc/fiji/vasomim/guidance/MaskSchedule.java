package sc.fiji.vasomim.guidance;

/**
 * How many patches are hidden, and how many of those by guidance: from weak to strong over the epochs (VasoMIM,
 * equation 3, as the published code counts).
 *
 * @param maskRatio share of the patches that is hidden, gamma, in (0, 1)
 * @param start guided share of the hidden patches before the first epoch, beta_0, in 0..1
 * @param end guided share in the last epoch, beta_E, in 0..1
 */
public record MaskSchedule(double maskRatio, double start, double end) {

	/** The published schedule: half of the patches, guided from 0 to a half. */
	public static final MaskSchedule VASOMIM = new MaskSchedule(0.5, 0, 0.5);

	public MaskSchedule {
		if (!(maskRatio > 0 && maskRatio < 1)) throw new IllegalArgumentException(
			"maskratio: must lie between 0 and 1, but was " + maskRatio + "; the paper uses 0.5");
		share("guidedstart", start);
		share("guidedend", end);
	}

	private static void share(final String name, final double value) {
		if (!(value >= 0 && value <= 1)) throw new IllegalArgumentException(name +
			": the guided share must lie in 0..1, but was " + value + "; the paper goes from 0 to 0.5");
	}

	/**
	 * That the encoder is left something to see.
	 *
	 * @throws IllegalArgumentException if all of {@code patches} would be hidden
	 */
	public void checkVisible(final int patches) {
		if (hidden(patches) >= patches) throw new IllegalArgumentException("maskratio: must leave at least one of the " +
			patches + " patches visible, but was " + maskRatio);
	}

	/** Patches that are hidden, of {@code patches}. */
	public int hidden(final int patches) {
		return patches - (int) (patches * (1 - maskRatio));
	}

	/** The guided share beta in an epoch, 0-based: the published code counts the first epoch as 1/E of the way. */
	public double guidedShare(final int epoch, final int epochs) {
		if (epoch < 0 || epoch >= epochs) throw new IllegalArgumentException("epoch: must lie in 0.." + (epochs - 1) +
			", but was " + epoch);
		return start + (epoch + 1) / (double) epochs * (end - start);
	}

	/** The epoch, from 1, when so many percent of all are done; the first for 0. */
	public static int epochAt(final double percent, final int epochs) {
		return (int) Math.max(1, Math.round(percent / 100 * epochs));
	}

	/** @throws IllegalArgumentException unless an epoch, counted from 1, is one of {@code epochs} */
	public static void checkEpoch(final int epoch, final int epochs) {
		if (epoch < 1 || epoch > epochs) throw new IllegalArgumentException("epoch: must lie in 1.." + epochs +
			", the number of epochs, but was " + epoch);
	}

	/** Hidden patches that guidance chooses in an epoch; fewer where an image has fewer patches with any guidance. */
	public int guided(final int patches, final int epoch, final int epochs) {
		return (int) (hidden(patches) * guidedShare(epoch, epochs));
	}
}
