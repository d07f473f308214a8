package sc.fiji.vasomim.vesselness;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from one scale to the next: what is left of the smoothing, then the derivatives, one kernel an axis.
 *
 * @param sigma the scale, in the unit of the pixel size
 * @param smoothing half kernels, from the smoothed image of the step before to that of this one
 * @param derivatives from this step's smoothed image to the scale-normalised derivatives
 */
record ScaleStep(double sigma, List<float[]> smoothing, List<GaussianKernels> derivatives) {

	private static final double CASCADE_CUT = 5, DIRECT_CUT = 6;

	/** Sampled Gaussians narrower than this are no Gaussians any more, neither smoothing nor differentiating. */
	private static final double LEAST_CASCADED = 1;

	/** Whether smoothing changes nothing. */
	boolean needsNoSmoothing() {
		return smoothing.stream().allMatch(k -> k.length == 1);
	}

	int radius(final int axis) {
		return Math.max(smoothing.get(axis).length - 1, derivatives.get(axis).radius());
	}

	/** Of the largest kernel of all steps. */
	static int radius(final List<ScaleStep> steps, final int axis) {
		return steps.stream().mapToInt(step -> step.radius(axis)).max().orElse(0);
	}

	/** How far away a pixel may be that changes a result: smoothed images are smoothed again. */
	static int reach(final List<ScaleStep> steps, final int axis) {
		int smoothed = 0, reach = 0;
		for (final ScaleStep step : steps) {
			smoothed += step.smoothing.get(axis).length - 1;
			reach = Math.max(reach, smoothed + step.derivatives.get(axis).radius());
		}
		return reach;
	}

	/**
	 * @param sigmas scales, ascending, in the unit of the pixel size
	 * @param pixelSize extent of a pixel along each axis
	 */
	static List<ScaleStep> plan(final List<Double> sigmas, final double[] pixelSize, final HessianMethod method) {
		final double[] smoothed = new double[pixelSize.length];
		final List<ScaleStep> steps = new ArrayList<>();
		for (final double sigma : sigmas) {
			final List<float[]> smoothing = new ArrayList<>();
			final List<GaussianKernels> derivatives = new ArrayList<>();
			for (int axis = 0; axis < pixelSize.length; axis++) {
				final double scale = sigma / pixelSize[axis];
				// The smoothing stops short of the scale by what the derivatives smooth themselves.
				final double variance = scale * scale - LEAST_CASCADED - smoothed[axis] * smoothed[axis];
				final boolean smooth = method == HessianMethod.CASCADE && variance >= LEAST_CASCADED;
				smoothing.add(GaussianKernels.smoothing(smooth ? Math.sqrt(variance) : 0, CASCADE_CUT));
				if (smooth) smoothed[axis] = Math.sqrt(scale * scale - LEAST_CASCADED);
				final double rest = Math.sqrt(scale * scale - smoothed[axis] * smoothed[axis]);
				derivatives.add(switch (method) {
					case CASCADE -> GaussianKernels.derivatives(rest, CASCADE_CUT, scale);
					case DIRECT -> GaussianKernels.derivatives(scale, DIRECT_CUT, scale);
					case SCIKIT_IMAGE -> GaussianKernels.scikitImage(scale);
				});
			}
			steps.add(new ScaleStep(sigma, smoothing, derivatives));
		}
		return steps;
	}
}
