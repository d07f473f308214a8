package sc.fiji.vasomim.anatomy;

import sc.fiji.vasomim.vesselness.VesselnessSettings;

/**
 * How a vascular mask is made. Immutable.
 *
 * @param vesselness the filter
 * @param truncate whether the response is cut down to whole numbers 0..255 before the threshold, as the published code
 *            does, which knows no regions: {@link #regionCutsMask}
 * @param frame width in px of the border band that is set to 0: the mirrored border makes false ridges
 * @param percentile 0..100, of the response over all pixels, the frame's zeros too, or over those of the region
 *            if there is one that does more than to cut the mask; pixels at or above it are kept
 * @param strongPercentile percentile..100, for hysteresis: a component is kept only if one of its pixels is at or above
 *            this one too; equal to {@code percentile} for none. {@link ComponentRule#PUBLISHED_SEED} has no use for it
 * @param connectivity 4 or 8
 * @param rule which components are kept
 * @param minimumSize for {@link ComponentRule#AT_LEAST}: least size of a component in px
 */
public record VascularMaskSettings(VesselnessSettings vesselness, boolean truncate, int frame, double percentile,
	double strongPercentile, int connectivity, ComponentRule rule, int minimumSize)
{

	/** Side in px of the images for which {@link #DEFAULT} was chosen. */
	public static final int SIDE = 512;

	/** Chosen on dca80 and ARCADE (docs/vesselness.md): Frangi, and all components of at least 800 px. */
	public static final VascularMaskSettings DEFAULT = new VascularMaskSettings(VesselnessSettings.DEFAULT, false, 20,
		92, 92, 8, ComponentRule.AT_LEAST, 800);

	/** The published pipeline of VasoMIM, to the pixel; for grey values 0..255. */
	public static final VascularMaskSettings VASOMIM = new VascularMaskSettings(VesselnessSettings.VASOMIM, true, 20,
		92, 92, 4, ComponentRule.PUBLISHED_SEED, 1);

	public VascularMaskSettings {
		require(vesselness != null, "vesselness must be given, but is missing");
		require(vesselness.dimensions() == 2, "vesselness must be of dimensions 2, plane by plane, but is of 3");
		require(frame >= 0, "frame must be 0 px or more, but is " + frame);
		require(percentile >= 0 && percentile <= 100, "percentile must lie within 0..100, but is " + percentile);
		require(strongPercentile >= percentile && strongPercentile <= 100,
			"strongPercentile must lie within percentile..100, here " + percentile + "..100, but is " +
				strongPercentile);
		require(connectivity == 4 || connectivity == 8, "connectivity must be 4 or 8, but is " + connectivity);
		require(rule != null, "rule must be PUBLISHED_SEED, LARGEST, AT_LEAST or ALL, but is missing");
		require(minimumSize >= 1, "minimumSize must be 1 px or more, but is " + minimumSize);
	}

	/**
	 * For larger images of the same field of view: sigmas and frame grow with the side, the square root of width times
	 * height, above {@link #SIDE}; the least size with its square. For smaller images these settings as they are.
	 *
	 * @param width of the image, px
	 * @param height of the image, px
	 */
	public VascularMaskSettings fittedTo(final long width, final long height) {
		final double factor = Math.sqrt((double) width * height) / SIDE;
		if (factor <= 1) return this;
		return new VascularMaskSettings(vesselness.withSigmas(vesselness.sigmas().stream().map(sigma -> factor * sigma)
			.toList()), truncate, (int) Math.round(factor * frame), percentile, strongPercentile, connectivity, rule,
			(int) Math.round(factor * factor * minimumSize));
	}

	/**
	 * What a region means to these settings: true if the mask of the whole image is cut to it, so that what is left of a
	 * published mask is as published, even if that is nothing; false if vessels are sought within it alone.
	 */
	public boolean regionCutsMask() {
		return truncate;
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}
}
