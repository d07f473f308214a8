package sc.fiji.vasomim.sample;

import java.util.Arrays;

/** A smooth plane curve through given points, sampled at equal arc length. Coordinates in px. */
record Curve(double[] x, double[] y) {

	private static final int STEPS = 64;

	int size() {
		return x.length;
	}

	/**
	 * The Catmull-Rom spline through the points, resampled.
	 *
	 * @param x at least 2
	 * @param step distance of neighbours; the last point is dropped if it would lie nearer
	 */
	static Curve through(final double[] x, final double[] y, final double step) {
		final int pieces = x.length - 1;
		final double[] fineX = new double[pieces * STEPS + 1];
		final double[] fineY = new double[pieces * STEPS + 1];
		for (int i = 0; i < fineX.length; i++) {
			final int k = Math.min(i / STEPS, pieces - 1);
			final double t = (double) i / STEPS - k;
			fineX[i] = spline(x, k, t);
			fineY[i] = spline(y, k, t);
		}
		return new Curve(fineX, fineY).resample(step);
	}

	private static double spline(final double[] p, final int k, final double t) {
		final double p1 = p[k];
		final double p2 = p[k + 1];
		final double p0 = k > 0 ? p[k - 1] : 2 * p1 - p2;
		final double p3 = k + 2 < p.length ? p[k + 2] : 2 * p2 - p1;
		return 0.5 * (2 * p1 + t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0))));
	}

	/**
	 * Winds the curve: waves across it that begin at its start with no amplitude.
	 *
	 * @param step distance of neighbours, as it is and as it shall be
	 * @param wavelength of the longest of three waves
	 * @param tortuosity amplitude over wavelength
	 */
	Curve wind(final double step, final double wavelength, final double tortuosity,
		final Draws draws)
	{
		final double[] windX = x.clone();
		final double[] windY = y.clone();
		for (int wave = 0; wave < 3; wave++) {
			final double length = wavelength * draws.uniform(0.8, 1.2) / (1 + 0.7 * wave);
			final double amplitude = length * tortuosity * draws.uniform(0.4, 1);
			final double phase = draws.uniform(0, 2 * Math.PI);
			for (int i = 1; i < size(); i++) {
				final int next = Math.min(i + 1, size() - 1);
				final double tx = x[next] - x[i - 1];
				final double ty = y[next] - y[i - 1];
				final double s = i * step;
				final double ramp = Math.min(1, s / wavelength);
				final double offset = amplitude * ramp * ramp * StrictMath.sin(2 * Math.PI * s / length + phase) /
					Math.sqrt(tx * tx + ty * ty);
				windX[i] -= offset * ty;
				windY[i] += offset * tx;
			}
		}
		return new Curve(windX, windY).resample(step);
	}

	/** The points before the first that lies outside the field. */
	Curve within(final Field field) {
		int n = 0;
		while (n < size() && field.depth(x[n], y[n]) >= 0) n++;
		return new Curve(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
	}

	private Curve resample(final double step) {
		final double[] length = new double[size()];
		for (int i = 1; i < size(); i++) {
			final double dx = x[i] - x[i - 1];
			final double dy = y[i] - y[i - 1];
			length[i] = length[i - 1] + Math.sqrt(dx * dx + dy * dy);
		}
		final int n = (int) (length[size() - 1] / step) + 1;
		final double[] evenX = new double[n];
		final double[] evenY = new double[n];
		int k = 1;
		for (int i = 0; i < n; i++) {
			while (k < size() - 1 && length[k] < i * step) k++;
			final double t = (i * step - length[k - 1]) / (length[k] - length[k - 1]);
			evenX[i] = x[k - 1] + t * (x[k] - x[k - 1]);
			evenY[i] = y[k - 1] + t * (y[k] - y[k - 1]);
		}
		return new Curve(evenX, evenY);
	}
}
