package sc.fiji.vasomim.vesselness;

/** How the derivatives of the Gaussian scale space are sampled. */
public enum HessianMethod {
	/**
	 * Each scale is smoothed from the one before, then differentiated by short kernels: within 3e-5 of the float64
	 * reference, three times as fast as {@link #DIRECT}.
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
