package sc.fiji.vasomim.vesselness;

/** Which ridges respond. */
public enum Polarity {
	/** Vessels darker than what surrounds them, as in angiograms. */
	DARK,
	/** Vessels brighter than what surrounds them, as in subtracted or inverted angiograms and in fluorescence. */
	BRIGHT
}
