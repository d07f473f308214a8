package sc.fiji.vasomim.vesselness;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How vesselness is computed. Immutable.
 *
 * @param filter Frangi, Sato or tubeness
 * @param polarity dark or bright vessels
 * @param sigmas scales, ascending: standard deviations of the Gaussian in px, or in the unit of the pixel size where
 *            one is given
 * @param alpha Frangi in 3D only: sensitivity to plates, above 0; the paper's 0.5
 * @param beta Frangi only: sensitivity to blobs, above 0; the paper's 0.5
 * @param c Frangi only: the Hessian norm, in grey values, that counts as structure; 0 for automatic: half of
 *            {@code cPercentile}
 * @param cPercentile for the automatic c: percentile, above 0 and up to 100, of the largest norm over the scales, over
 *            all pixels of all frames, within the region if there is one; 100 (the maximum) is the paper's choice;
 *            the maximum too where the percentile is at most 1e-4 of it, which is rounding
 * @param method how derivatives are sampled
 * @param dimensions 2: each plane by itself; 3: volumes
 */
public record VesselnessSettings(VesselnessFilter filter, Polarity polarity, List<Double> sigmas, double alpha,
	double beta, double c, double cPercentile, HessianMethod method, int dimensions)
{

	/** Frangi et al. 1998: half the largest Hessian norm as c. */
	public static final VesselnessSettings FRANGI_1998 = new VesselnessSettings(VesselnessFilter.FRANGI, Polarity.DARK,
		List.of(1.0, 2.0, 3.0, 4.0), 0.5, 0.5, 0, 100, HessianMethod.CASCADE, 2);

	/**
	 * For angiograms, chosen on dca80 and ARCADE (docs/vesselness.md): Frangi, its c not led by one bright spot.
	 */
	public static final VesselnessSettings DEFAULT = FRANGI_1998.withCPercentile(99.5);

	/** The filter of the published VasoMIM code: scikit-image's Sato, for grey values 0..255. */
	public static final VesselnessSettings VASOMIM = FRANGI_1998.withFilter(VesselnessFilter.SATO).withMethod(
		HessianMethod.SCIKIT_IMAGE);

	private static final double MIN_SIGMA = 0.3, MAX_SIGMA = 100;

	public VesselnessSettings {
		require(filter != null, "filter must be FRANGI, SATO or TUBENESS, but is missing");
		require(polarity != null, "polarity must be DARK, BRIGHT, BOTH or AUTO, but is missing");
		require(method != null, "method must be CASCADE, DIRECT or SCIKIT_IMAGE, but is missing");
		require(sigmas != null && !sigmas.isEmpty(), "sigmas must hold at least one scale, such as 1, 2, 3, 4");
		for (final double sigma : sigmas)
			require(sigma > 0 && sigma < Double.POSITIVE_INFINITY, "sigmas must be above 0, but one is " + sigma);
		sigmas = sigmas.stream().sorted().distinct().toList();
		require(alpha > 0 && alpha < Double.POSITIVE_INFINITY, "alpha must be above 0 (usual: 0.5), but is " + alpha);
		require(beta > 0 && beta < Double.POSITIVE_INFINITY, "beta must be above 0 (usual: 0.5), but is " + beta);
		require(c >= 0 && c < Double.POSITIVE_INFINITY, "c must be 0 (automatic) or above, but is " + c);
		require(cPercentile > 0 && cPercentile <= 100, "cPercentile must be above 0 and at most 100, but is " +
			cPercentile);
		require(dimensions == 2 || dimensions == 3, "dimensions must be 2 or 3, but is " + dimensions);
	}

	/**
	 * @param steps how many scales, at least 1; with 1, only the least
	 * @return scales from min to max at equal distances
	 */
	public static List<Double> linearSigmas(final double min, final double max, final int steps) {
		requireRange(min, max, steps);
		return IntStream.range(0, steps).mapToObj(i -> steps == 1 ? min : min + (max - min) * i / (steps - 1)).toList();
	}

	/**
	 * @param steps how many scales, at least 1; with 1, only the least
	 * @return scales from min to max at equal ratios
	 */
	public static List<Double> logarithmicSigmas(final double min, final double max, final int steps) {
		requireRange(min, max, steps);
		return IntStream.range(0, steps).mapToObj(i -> steps == 1 ? min : min * Math.pow(max / min, i / (steps - 1.0)))
			.toList();
	}

	public VesselnessSettings withFilter(final VesselnessFilter newFilter) {
		return new VesselnessSettings(newFilter, polarity, sigmas, alpha, beta, c, cPercentile, method, dimensions);
	}

	public VesselnessSettings withPolarity(final Polarity newPolarity) {
		return new VesselnessSettings(filter, newPolarity, sigmas, alpha, beta, c, cPercentile, method, dimensions);
	}

	public VesselnessSettings withSigmas(final List<Double> newSigmas) {
		return new VesselnessSettings(filter, polarity, newSigmas, alpha, beta, c, cPercentile, method, dimensions);
	}

	public VesselnessSettings withAlpha(final double newAlpha) {
		return new VesselnessSettings(filter, polarity, sigmas, newAlpha, beta, c, cPercentile, method, dimensions);
	}

	public VesselnessSettings withBeta(final double newBeta) {
		return new VesselnessSettings(filter, polarity, sigmas, alpha, newBeta, c, cPercentile, method, dimensions);
	}

	/** Fixes c. */
	public VesselnessSettings withC(final double newC) {
		return new VesselnessSettings(filter, polarity, sigmas, alpha, beta, newC, cPercentile, method, dimensions);
	}

	/** Makes c automatic. */
	public VesselnessSettings withCPercentile(final double newPercentile) {
		return new VesselnessSettings(filter, polarity, sigmas, alpha, beta, 0, newPercentile, method, dimensions);
	}

	public VesselnessSettings withMethod(final HessianMethod newMethod) {
		return new VesselnessSettings(filter, polarity, sigmas, alpha, beta, c, cPercentile, newMethod, dimensions);
	}

	public VesselnessSettings withDimensions(final int newDimensions) {
		return new VesselnessSettings(filter, polarity, sigmas, alpha, beta, c, cPercentile, method, newDimensions);
	}

	/** Refuses scales that no kernel can sample, or that would be larger than most images. */
	void checkSigmas(final double[] pixelSize) {
		for (final double size : pixelSize)
			for (final double sigma : sigmas)
				require(sigma / size >= MIN_SIGMA && sigma / size <= MAX_SIGMA, "sigmas must lie within 0.3..100 px, " +
					"but one is " + sigma / size + " px (sigma " + sigma + ", pixel size " + size + ")");
	}

	private static void requireRange(final double min, final double max, final int steps) {
		require(min > 0 && max >= min && max < Double.POSITIVE_INFINITY,
			"sigmas must run from a least above 0 to a largest, but run from " + min + " to " + max);
		require(steps >= 1, "steps must be 1 or more, but is " + steps);
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}
}
