package sc.fiji.vasomim.inference;

import java.util.Locale;

/** Where mean and contrast of a hidden patch come from, because most networks predict normalised patches only. */
public enum PatchStatistics {

	/** From the hidden patch itself: shows what pre-training asks for, structure alone. */
	ORIGINAL("patch mean and contrast taken from the original"),

	/**
	 * From the visible patches alone: nothing of a hidden patch of this image is used. Where the image was squeezed before,
	 * the squeeze has mixed pixels across patch borders ({@link NetworkInput#image}).
	 */
	INTERPOLATED("patch mean and contrast interpolated from the visible patches"),

	/** From the network, which predicts pixels themselves: nothing else is possible with such a network. */
	PREDICTED("patch mean and contrast as the network predicts them");

	private final String caveat;

	PatchStatistics(final String caveat) {
		this.caveat = caveat;
	}

	/** What every picture of a reconstruction must say. */
	public String caveat() {
		return caveat;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
