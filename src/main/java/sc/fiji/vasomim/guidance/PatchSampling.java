package sc.fiji.vasomim.guidance;

/** How the guided patches are drawn, without replacement. */
public enum PatchSampling {

	/** By their share of the guidance map (VasoMIM, equation 2). */
	PROPORTIONAL,

	/**
	 * All patches that contain vessel alike: those with a pixel in which one of the source's maps, the filter's mask or
	 * the segmentor's probability, is 0.5 or more. Not those with any guidance at all: a segmentor's probability is
	 * nowhere 0, so that would be every patch, and no guidance. The paper does not say; this is our reading.
	 */
	UNIFORM
}
