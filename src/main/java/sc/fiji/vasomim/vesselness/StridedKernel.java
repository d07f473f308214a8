package sc.fiji.vasomim.vesselness;

/**
 * A smoothing kernel along one axis.
 *
 * @param half half kernel: index t is the weight at distance t times stride
 * @param stride distance of the taps in px
 */
record StridedKernel(float[] half, int stride) {

	private static final int WIDEST_STRIDE = 8;

	int radius() {
		return (half.length - 1) * stride;
	}

	/**
	 * A sampled Gaussian. What is smoothed already needs no tap at each pixel: sampled at a stride, the kernel lets the
	 * frequencies around 2 pi / stride through, of which by then little is left.
	 *
	 * @param smoothed standard deviation in px by which the image is smoothed already
	 * @param variance of the Gaussian to smooth with, in px^2; 0 gives the identity
	 * @param cut radius in standard deviations
	 * @param tolerance of what gets through, in a scale-normalised second derivative of white noise
	 */
	static StridedKernel gaussian(final double smoothed, final double variance, final double cut,
		final double tolerance)
	{
		int stride = 1;
		while (stride < WIDEST_STRIDE && leak(smoothed, variance, stride + 1) <= tolerance)
			stride++;
		return new StridedKernel(GaussianKernels.smoothing(Math.sqrt(variance) / stride, cut), stride);
	}

	/** The kernel's Gaussian around 2 pi / stride times the image's around 0, where that is largest. */
	private static double leak(final double smoothed, final double variance, final int stride) {
		final double image = smoothed * smoothed, both = image + variance, repeat = 2 * Math.PI / stride;
		final double frequency = variance / both * repeat;
		return Math.max(1, both * frequency * frequency) * Math.exp(-repeat * repeat * image * variance / both / 2);
	}
}
