package sc.fiji.vasomim.vesselness;

/** How the derivatives of the Gaussian scale space are sampled. */
public enum HessianMethod {
	/**
	 * Each scale is smoothed from the one before, then differentiated by Gaussian derivatives of about 1 px, all cut at
	 * 5 sigma: within 3e-5 of the float64 reference, two to three times as fast as {@link #DIRECT}.
	 */
	CASCADE,
	/**
	 * Gaussian derivatives cut at 6 sigma with their moments corrected, so that parabolas have their exact second
	 * derivative; within 3e-6 of the float64 reference.
	 */
	DIRECT,
	/** scikit-image 0.20 and newer: two first-order Gaussian passes of sigma / sqrt(2), here combined into one. */
	SCIKIT_IMAGE
}
