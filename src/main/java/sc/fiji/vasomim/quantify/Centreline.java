package sc.fiji.vasomim.quantify;

import java.util.List;

/**
 * A smooth line along a vessel, sampled each {@link #STEP} px of its length. The normal points to the left of the
 * direction of travel as the image shows it, with y downwards: (y', -x').
 */
final class Centreline {

	/** px between stations. */
	static final double STEP = 1;

	private final double[] x;

	private final double[] y;

	private Centreline(final double[] x, final double[] y) {
		this.x = x;
		this.y = y;
	}

	/**
	 * The path smoothed by a Gaussian along its length; its ends stay where they are. A bend of radius R moves inwards by
	 * sigma^2 / 2R.
	 *
	 * @param path neighbours at most a few px apart
	 * @param sigma px
	 */
	static Centreline through(final List<Point> path, final double sigma) {
		final Centreline even = resample(path.stream().mapToDouble(Point::x).toArray(), path.stream().mapToDouble(Point::y)
			.toArray());
		return resample(smooth(even.x, sigma / STEP), smooth(even.y, sigma / STEP));
	}

	int size() {
		return x.length;
	}

	Point at(final int i) {
		return new Point(x[i], y[i]);
	}

	/** The place at an offset along the normal, px. */
	Point at(final int i, final double offset) {
		final int a = Math.max(0, i - 1);
		final int b = Math.min(size() - 1, i + 1);
		final double dx = x[b] - x[a];
		final double dy = y[b] - y[a];
		final double length = Math.hypot(dx, dy);
		return length == 0 ? at(i) : new Point(x[i] + offset * dy / length, y[i] - offset * dx / length);
	}

	private static Centreline resample(final double[] x, final double[] y) {
		final double[] length = new double[x.length];
		for (int i = 1; i < x.length; i++)
			length[i] = length[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
		final int n = (int) Math.round(length[x.length - 1] / STEP) + 1;
		final double[] evenX = new double[n];
		final double[] evenY = new double[n];
		int k = 1;
		for (int i = 0; i < n; i++) {
			final double s = n == 1 ? 0 : length[x.length - 1] * i / (n - 1);
			while (k < x.length - 1 && length[k] < s)
				k++;
			final double gap = k < x.length ? length[k] - length[k - 1] : 0;
			final double t = gap == 0 ? 0 : Math.min(1, (s - length[k - 1]) / gap);
			final int to = Math.min(k, x.length - 1);
			evenX[i] = x[Math.max(0, to - 1)] + t * (x[to] - x[Math.max(0, to - 1)]);
			evenY[i] = y[Math.max(0, to - 1)] + t * (y[to] - y[Math.max(0, to - 1)]);
		}
		return new Centreline(evenX, evenY);
	}

	/** Gaussian smoothing; beyond an end, the values go on turned about it, which keeps the end and the slope there. */
	static double[] smooth(final double[] values, final double sigma) {
		final int n = values.length;
		final int reach = (int) Math.min(Math.ceil(3 * sigma), n - 1);
		final double[] smooth = new double[n];
		for (int i = 0; i < n; i++) {
			double sum = 0;
			double weights = 0;
			for (int k = -reach; k <= reach; k++) {
				final double weight = Math.exp(-k * k / (2 * sigma * sigma));
				final int j = i + k;
				final double value = j < 0 ? 2 * values[0] - values[-j] : j >= n ? 2 * values[n - 1] - values[2 * n - 2 - j]
					: values[j];
				sum += weight * value;
				weights += weight;
			}
			smooth[i] = sum / weights;
		}
		return smooth;
	}
}
