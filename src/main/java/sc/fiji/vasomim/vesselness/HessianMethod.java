package sc.fiji.vasomim.vesselness;

/** How the derivatives of the Gaussian scale space are sampled. */
public enum HessianMethod {
	/**
	 * Each scale is smoothed from the one before, then differentiated by short kernels: within 3e-5 of the float64
	 * reference, three times as fast as {@link #DIRECT}.
	 */
	CASCADE(1, 5, 5e-6),
	/**
	 * Gaussian derivatives cut at 6 sigma with their moments corrected, so that parabolas have their exact second
	 * derivative; within 3e-6 of the float64 reference.
	 */
	DIRECT(Double.POSITIVE_INFINITY, 0, 0),
	/**
	 * scikit-image 0.20 and newer: two first-order Gaussian passes of sigma / sqrt(2), here combined into one, which
	 * from sigma 2.5 px on is a Gaussian's second derivative and is cascaded, but ten times as exactly as
	 * {@link #CASCADE}.
	 */
	SCIKIT_IMAGE(3, 6, 5e-7);

	/**
	 * The variance in px^2 that a cascade leaves to the derivatives. A sampled Gaussian narrower than 1 is none any more;
	 * the more is left, the longer are the kernels, and the less do they raise the rounding errors of the smoothing.
	 */
	final double variance;

	/** Radius of a cascade's smoothing in standard deviations. */
	final double cut;

	/** What cascading may change in the second derivatives of white noise, of their root mean square. */
	final double tolerance;

	HessianMethod(final double variance, final double cut, final double tolerance) {
		this.variance = variance;
		this.cut = cut;
		this.tolerance = tolerance;
	}
}
