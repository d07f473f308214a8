package sc.fiji.vasomim.vesselness;

/**
 * What is made of the eigenvalues of the scale-normalised Hessian. Both take the maximum over the scales.
 */
public enum VesselnessFilter {
	/** Frangi et al., MICCAI 1998, equation 15: 0..1, blobs and flat regions suppressed. */
	FRANGI,
	/** Sato et al. 1998, as in scikit-image: the largest eigenvalue across the ridge, in grey values, not below 0. */
	SATO
}
