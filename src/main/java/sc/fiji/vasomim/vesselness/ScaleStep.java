package sc.fiji.vasomim.vesselness;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from one scale to the next: what is left of the smoothing, then the derivatives, one kernel an axis.
 *
 * @param sigma the scale, in the unit of the pixel size
 * @param smoothing kernels from the smoothed image of the step before to that of this one
 * @param derivatives from this step's smoothed image to the scale-normalised derivatives
 */
record ScaleStep(double sigma, List<StridedKernel> smoothing, List<GaussianKernels> derivatives) {

	/** Radius in sigma of derivatives from an image that is not smoothed. */
	private static final double CASCADE_CUT = 5, DIRECT_CUT = 6;

	/** In px: what is smoothed less has frequencies that short kernels falsify. */
	private static final double LEAST_SMOOTHED = 1.7;

	/** In px^2: a sampled Gaussian narrower than that is none any more. */
	private static final double LEAST_VARIANCE = 1;

	/** Whether smoothing changes nothing. */
	boolean needsNoSmoothing() {
		return smoothing.stream().allMatch(k -> k.radius() == 0);
	}

	int radius(final int axis) {
		return Math.max(smoothing.get(axis).radius(), derivatives.get(axis).radius());
	}

	/** Of the largest kernel of all steps. */
	static int radius(final List<ScaleStep> steps, final int axis) {
		return steps.stream().mapToInt(step -> step.radius(axis)).max().orElse(0);
	}

	/** How far away a pixel may be that changes a result: smoothed images are smoothed again. */
	static int reach(final List<ScaleStep> steps, final int axis) {
		int smoothed = 0, reach = 0;
		for (final ScaleStep step : steps) {
			smoothed += step.smoothing.get(axis).radius();
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
			final List<StridedKernel> smoothing = new ArrayList<>();
			final List<GaussianKernels> derivatives = new ArrayList<>();
			for (int axis = 0; axis < pixelSize.length; axis++) {
				if (axis > 0 && pixelSize[axis] == pixelSize[axis - 1]) {
					smoothed[axis] = smoothed[axis - 1];
					smoothing.add(smoothing.get(axis - 1));
					derivatives.add(derivatives.get(axis - 1));
					continue;
				}
				final double scale = sigma / pixelSize[axis], before = smoothed[axis];
				final double aim = Math.sqrt(Math.max(0, scale * scale - method.variance));
				final double variance = aim * aim - before * before;
				final boolean smooth = aim >= LEAST_SMOOTHED && variance >= LEAST_VARIANCE;
				smoothing.add(StridedKernel.gaussian(before, smooth ? variance : 0, method.cut, method.tolerance));
				if (smooth) smoothed[axis] = aim;
				derivatives.add(smoothed[axis] > 0 ? GaussianKernels.ofSmoothed(smoothed[axis], scale, method.tolerance)
					: switch (method) {
						case CASCADE -> GaussianKernels.derivatives(scale, CASCADE_CUT);
						case DIRECT -> GaussianKernels.derivatives(scale, DIRECT_CUT);
						case SCIKIT_IMAGE -> GaussianKernels.scikitImage(scale);
					});
			}
			steps.add(new ScaleStep(sigma, smoothing, derivatives));
		}
		return steps;
	}
}
