package sc.fiji.vasomim.vesselness;

/**
 * What is made of the eigenvalues of the scale-normalised Hessian. All take the maximum over the scales.
 */
public enum VesselnessFilter {
	/** Frangi et al., MICCAI 1998, equations 13 and 15: 0..1, blobs, plates and flat regions suppressed. */
	FRANGI,
	/**
	 * Sato et al. 1998 as in scikit-image: the mean of all but the smallest eigenvalue, in grey values, not below 0. In
	 * 2D that is the largest eigenvalue.
	 */
	SATO,
	/**
	 * ImageJ's Tubeness: the geometric mean of the two largest eigenvalues, 0 unless both are positive, in grey values.
	 * In 2D it equals {@link #SATO}.
	 */
	TUBENESS
}
