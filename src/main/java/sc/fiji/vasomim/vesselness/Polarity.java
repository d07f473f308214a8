package sc.fiji.vasomim.vesselness;

/** Which ridges respond. */
public enum Polarity {
	/** Vessels darker than what surrounds them, as in angiograms. */
	DARK,
	/** Vessels brighter than what surrounds them, as in subtracted or inverted angiograms and in fluorescence. */
	BRIGHT,
	/** Either: the larger of the two responses. */
	BOTH,
	/** Dark or bright, whichever kind of ridge is the stronger over all frames, within the region if there is one. */
	AUTO;

	/** What grey values are multiplied by, so that the ridges sought are dark; for BOTH the responses see to it. */
	float sign() {
		return this == BRIGHT ? -1 : 1;
	}
}
