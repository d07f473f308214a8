package sc.fiji.vasomim.vesselness;

/**
 * What is made of the eigenvalues of the scale-normalised Hessian, here for dark vessels. Each takes the maximum over
 * the scales.
 */
public enum VesselnessFilter {
	/** Frangi et al., MICCAI 1998, equations 13 and 15: 0..1, blobs, plates and flat regions suppressed. */
	FRANGI,
	/**
	 * Sato et al. 1998 as in scikit-image: the largest eigenvalue in 2D, the geometric mean of the two largest in 3D; 0
	 * unless they are positive; in grey values.
	 */
	SATO,
	/**
	 * ImageJ's Tubeness: as {@link #SATO}, but of the eigenvalues that are largest in magnitude; so it is 0 too where the
	 * image bends more the other way, as between two bright spots; in grey values.
	 */
	TUBENESS
}
