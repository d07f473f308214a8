package sc.fiji.vasomim.vesselness;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Sampled Gaussian and its first two derivatives along one axis, as half kernels: index t is the weight at distance t.
 * The even kernels weigh L(x + t) + L(x - t), the odd one L(x + t) - L(x - t). The derivatives are scale-normalised:
 * times sigma and sigma^2.
 *
 * @param g0 smoothing, even
 * @param g1 first derivative, odd, g1[0] = 0
 * @param g2 second derivative, even
 */
record GaussianKernels(float[] g0, float[] g1, float[] g2) {

	/** Radius of scikit-image's combined kernels, in sigma. */
	private static final double SCIKIT_IMAGE_CUT = 6;

	int radius() {
		return Math.max(g0.length, Math.max(g1.length, g2.length)) - 1;
	}

	/**
	 * Sampled Gaussian that sums to 1.
	 *
	 * @param sigma standard deviation in px; 0 gives the identity
	 * @param cut radius in sigma
	 */
	static float[] smoothing(final double sigma, final double cut) {
		return sigma == 0 ? new float[] { 1 } : toFloat(gaussian(sigma, cut), 1);
	}

	/**
	 * Gaussian derivatives of which, after the cut, the moments are right again: sum g0 = 1, sum x g1 = 1, sum g2 = 0,
	 * sum x^2 g2 = 2, then normalised. Constants vanish and parabolas have their exact second derivative.
	 *
	 * @param sigma standard deviation in px
	 * @param cut radius in sigma
	 */
	static GaussianKernels derivatives(final double sigma, final double cut) {
		final double s2 = sigma * sigma;
		final double[] g0 = gaussian(sigma, cut);
		final int radius = g0.length - 1;
		final double[] g1 = half(radius, x -> x * g0[x]);
		final double[] g2 = half(radius, x -> (x * x / s2 - 1) * g0[x]);
		final double leak = moment(g2, 0);
		for (int x = 0; x <= radius; x++)
			g2[x] -= leak * g0[x];
		return new GaussianKernels(toFloat(g0, 1), toFloat(g1, sigma / moment(g1, 1)), toFloat(g2, 2 * s2 /
			moment(g2, 2)));
	}

	/**
	 * What scikit-image 0.20 and newer does in two passes, in one: g*g, g*g' and g'*g' of sigma / sqrt(2), with scipy's
	 * unnormalised derivative, then normalised by sigma. (scikit-image reflects in between, which differs near the
	 * border.)
	 *
	 * @param sigma standard deviation in px
	 */
	static GaussianKernels scikitImage(final double sigma) {
		final double s2 = sigma * sigma / 2;
		// Each of the two reaches as far as the product is cut, 8.5 of its own sigma: nothing of weight is lost.
		final double[] g = gaussian(Math.sqrt(s2), SCIKIT_IMAGE_CUT * Math.sqrt(2));
		final int radius = g.length - 1;
		final double[] d = half(radius, x -> x / s2 * g[x]);
		final double[] g0 = half(radius, x -> convolve(g, 1, g, 1, x));
		final double[] g1 = half(radius, x -> convolve(g, 1, d, -1, x));
		final double[] g2 = half(radius, x -> convolve(d, -1, d, -1, x));
		return new GaussianKernels(toFloat(g0, 1), toFloat(g1, sigma), toFloat(g2, sigma * sigma));
	}

	/**
	 * Short ones for an image that is smoothed already, see {@link KernelFit}.
	 *
	 * @param smoothed the standard deviation, in px, by which it is
	 * @param scale the sigma, in px, to reach and to normalise with, at least {@code smoothed}
	 */
	static GaussianKernels ofSmoothed(final double smoothed, final double scale, final double tolerance) {
		final double variance = scale * scale - smoothed * smoothed;
		return new GaussianKernels(toFloat(KernelFit.derivative(0, smoothed, variance, tolerance), 1), toFloat(KernelFit
			.derivative(1, smoothed, variance, tolerance), scale), toFloat(KernelFit.derivative(2, smoothed, variance,
				tolerance), scale * scale));
	}

	private static double[] gaussian(final double sigma, final double cut) {
		// less a hair: 6 sqrt(2) times sigma / sqrt(2) must not round up to a radius of one more
		final int radius = (int) Math.ceil(cut * sigma - 1e-9);
		final double[] g = half(radius, x -> Math.exp(-x * x / (2 * sigma * sigma)));
		final double sum = moment(g, 0);
		return half(radius, x -> g[x] / sum);
	}

	private static double[] half(final int radius, final IntToDoubleFunction f) {
		return IntStream.rangeClosed(0, radius).mapToDouble(f).toArray();
	}

	/** Sum of x^order k over the whole kernel, with the sign that makes an odd kernel's moment positive. */
	private static double moment(final double[] half, final int order) {
		double sum = order == 0 ? half[0] : 0;
		for (int x = 1; x < half.length; x++)
			sum += 2 * Math.pow(x, order) * half[x];
		return sum;
	}

	/** (a * b)(x) of two half kernels; the sign is that of their weights at negative distances. */
	private static double convolve(final double[] a, final int signA, final double[] b, final int signB, final int x) {
		final int radius = a.length - 1;
		double sum = 0;
		for (int i = x - radius; i <= radius; i++)
			sum += (i < 0 ? signA : 1) * a[Math.abs(i)] * (x < i ? signB : 1) * b[Math.abs(x - i)];
		return sum;
	}

	private static float[] toFloat(final double[] values, final double factor) {
		final float[] result = new float[values.length];
		for (int i = 0; i < values.length; i++)
			result[i] = (float) (values[i] * factor);
		return result;
	}
}
