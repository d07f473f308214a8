package sc.fiji.vasomim.vesselness;

import java.util.List;

/**
 * How vesselness is computed. Immutable.
 *
 * @param filter Frangi or Sato
 * @param polarity dark or bright vessels
 * @param sigmas scales, the standard deviations of the Gaussian in px; a vessel of width w answers best near w / 2.4
 * @param beta Frangi only: sensitivity to blobs, above 0; the paper's 0.5
 * @param c Frangi only: Hessian norm, in grey values, that counts as structure; 0 takes half the largest norm over all
 *            scales (the paper's choice)
 * @param method how derivatives are sampled
 */
public record VesselnessSettings(VesselnessFilter filter, Polarity polarity, List<Double> sigmas, double beta, double c,
	HessianMethod method)
{

	/** Frangi et al. 1998: half the largest Hessian norm as c. */
	public static final VesselnessSettings FRANGI_1998 = new VesselnessSettings(VesselnessFilter.FRANGI, Polarity.DARK,
		List.of(1.0, 2.0, 3.0, 4.0), 0.5, 0, HessianMethod.DIRECT);

	/** The filter of the published VasoMIM code: scikit-image's Sato for grey values 0..255. */
	public static final VesselnessSettings VASOMIM = new VesselnessSettings(VesselnessFilter.SATO, Polarity.DARK,
		List.of(1.0, 2.0, 3.0, 4.0), 0.5, 0, HessianMethod.SCIKIT_IMAGE);

	private static final double MIN_SIGMA = 0.3, MAX_SIGMA = 100;

	public VesselnessSettings {
		require(filter != null, "filter must be FRANGI or SATO, but is missing");
		require(polarity != null, "polarity must be DARK or BRIGHT, but is missing");
		require(method != null, "method must be DIRECT or SCIKIT_IMAGE, but is missing");
		require(sigmas != null && !sigmas.isEmpty(), "sigmas must hold at least one scale in px, such as 1, 2, 3, 4");
		sigmas = List.copyOf(sigmas);
		for (final double sigma : sigmas)
			require(sigma >= MIN_SIGMA && sigma <= MAX_SIGMA, "sigmas must lie within " + MIN_SIGMA + ".." + MAX_SIGMA +
				" px, but one is " + sigma);
		require(beta > 0 && beta < Double.POSITIVE_INFINITY, "beta must be above 0 (usual: 0.5), but is " + beta);
		require(c >= 0 && c < Double.POSITIVE_INFINITY, "c must be 0 (automatic) or above, but is " + c);
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}
}
