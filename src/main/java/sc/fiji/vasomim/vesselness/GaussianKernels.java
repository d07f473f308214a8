package sc.fiji.vasomim.vesselness;

import java.util.stream.IntStream;

/**
 * Sampled Gaussian and its first two derivatives along one axis, as half kernels: index t is the weight at distance t.
 * The even kernels weigh L(x + t) + L(x - t), the odd one L(x + t) - L(x - t).
 *
 * @param g0 smoothing, even, sums to 1
 * @param g1 first derivative, odd, g1[0] = 0
 * @param g2 second derivative, even
 */
record GaussianKernels(float[] g0, float[] g1, float[] g2) {

	private static final double RADIUS = 6;

	int radius() {
		return g0.length - 1;
	}

	/** @param derivative 0, 1 or 2 */
	float[] order(final int derivative) {
		return derivative == 0 ? g0 : derivative == 1 ? g1 : g2;
	}

	/**
	 * Gaussian derivatives of which, after the cut, the moments are right again: sum g0 = 1, sum x g1 = 1, sum g2 = 0,
	 * sum x^2 g2 = 2. Constants then vanish and parabolas have their exact second derivative.
	 *
	 * @param sigma standard deviation in px
	 */
	static GaussianKernels exact(final double sigma) {
		final int radius = (int) Math.ceil(RADIUS * sigma);
		final double s2 = sigma * sigma;
		final double[] g0 = half(radius, x -> Math.exp(-x * x / (2 * s2)));
		scale(g0, 1 / moment(g0, 0));
		final double[] g1 = half(radius, x -> x * g0[x]);
		scale(g1, 1 / moment(g1, 1));
		final double[] g2 = half(radius, x -> (x * x / s2 - 1) * g0[x]);
		final double leak = moment(g2, 0);
		for (int x = 0; x <= radius; x++)
			g2[x] -= leak * g0[x];
		scale(g2, 2 / moment(g2, 2));
		return new GaussianKernels(toFloat(g0), toFloat(g1), toFloat(g2));
	}

	/**
	 * What scikit-image 0.20 and newer does in two passes, in one: g*g, g*g' and g'*g' of sigma / sqrt(2), with scipy's
	 * unnormalised derivative. (scikit-image reflects in between, which differs near the border.)
	 *
	 * @param sigma standard deviation in px
	 */
	static GaussianKernels scikitImage(final double sigma) {
		final double s2 = sigma * sigma / 2;
		// Two kernels of this radius reach far beyond the cut of the product: nothing of weight is lost.
		final int radius = (int) Math.ceil(RADIUS * sigma);
		final double[] g = half(radius, x -> Math.exp(-x * x / (2 * s2)));
		scale(g, 1 / moment(g, 0));
		final double[] d = half(radius, x -> x / s2 * g[x]);
		final float[] g0 = new float[radius + 1], g1 = new float[radius + 1], g2 = new float[radius + 1];
		for (int x = 0; x <= radius; x++) {
			double gg = 0, gd = 0, dd = 0;
			for (int i = x - radius; i <= radius; i++) {
				final int a = Math.abs(i), b = Math.abs(x - i);
				final double db = x < i ? -d[b] : d[b];
				gg += g[a] * g[b];
				gd += g[a] * db;
				dd += (i < 0 ? -d[a] : d[a]) * db;
			}
			g0[x] = (float) gg;
			g1[x] = (float) gd;
			g2[x] = (float) dd;
		}
		return new GaussianKernels(g0, g1, g2);
	}

	private interface Sample {

		double at(int x);
	}

	private static double[] half(final int radius, final Sample f) {
		return IntStream.rangeClosed(0, radius).mapToDouble(f::at).toArray();
	}

	/** Sum of x^order k over the whole kernel, with the sign that makes an odd kernel's moment positive. */
	private static double moment(final double[] half, final int order) {
		double sum = order == 0 ? half[0] : 0;
		for (int x = 1; x < half.length; x++)
			sum += 2 * Math.pow(x, order) * half[x];
		return sum;
	}

	private static void scale(final double[] values, final double factor) {
		for (int i = 0; i < values.length; i++)
			values[i] *= factor;
	}

	private static float[] toFloat(final double[] values) {
		final float[] result = new float[values.length];
		for (int i = 0; i < values.length; i++)
			result[i] = (float) values[i];
		return result;
	}
}
