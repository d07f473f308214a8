package sc.fiji.vasomim.vesselness;

/**
 * What is made of the eigenvalues of the scale-normalised Hessian. Both take the maximum over the scales.
 */
public enum VesselnessFilter {
	/** Frangi et al., MICCAI 1998, equations 13 and 15: 0..1, blobs, plates and flat regions suppressed. */
	FRANGI,
	/**
	 * Sato et al. 1998 as in scikit-image, which is also ImageJ's Tubeness: the largest eigenvalue in 2D, the geometric
	 * mean of the two largest in 3D; 0 unless they are positive; in grey values.
	 */
	SATO
}
