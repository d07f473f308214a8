package sc.fiji.vasomim.quantify;

/**
 * Fits a blurred tube on a sloping background to grey values across a dark vessel, by least squares: centre and radius
 * by Levenberg and Marquardt, amplitude and background by linear algebra within (variable projection; Golub and
 * Pereyra, SIAM J. Numer. Anal. 10:413, 1973).
 * <p>
 * Where a lumen is narrower than the blur, its width and its amplitude cannot be told apart: only their product shows.
 * There the amplitude that the vessel has elsewhere decides, by a prior that wide lumens override.
 */
final class ProfileFit {

	/** Expected amplitude, and how sure that is. */
	record Prior(double amplitude, double relativeError, double noise) {

		/** Anything goes. */
		static final Prior NONE = new Prior(1, Double.POSITIVE_INFINITY, 1);
	}

	/**
	 * @param centre offset of the axis, px
	 * @param radius px
	 * @param amplitude A sigma^2p of {@link TubeProfile}, grey levels; positive for dark vessels
	 * @param rms of the residuals, grey levels
	 */
	record Result(double centre, double radius, double amplitude, double rms) {}

	private static final int ITERATIONS = 12;

	/** For the derivatives, px. */
	private static final double H = 0.05;

	/** Of the radii that are tried, px. */
	private static final double STEP = 0.25;

	private final Blur blur;

	private final double[] offsets;

	private final double[] grey;

	private final Prior prior;

	/** Of the last evaluation. */
	private double amplitude;

	/** @param offsets where the grey values are, px from the centreline */
	ProfileFit(final Blur blur, final double[] offsets, final double[] grey, final Prior prior) {
		this.blur = blur;
		this.offsets = offsets;
		this.grey = grey;
		this.prior = prior;
	}

	/** @param centre and radius to begin with, px */
	Result fit(final double centre, final double radius) {
		double m = centre;
		double r = Math.max(radius, 0.3);
		double[] residuals = residuals(m, r);
		double cost = square(residuals);
		double damping = 1e-2;
		for (int i = 0; i < ITERATIONS; i++) {
			final double[] dm = slope(residuals(m + H, r), residuals(m - H, r));
			final double[] dr = slope(residuals(m, r + H), residuals(m, Math.max(0, r - H)));
			final double mm = dot(dm, dm) * (1 + damping) + 1e-12;
			final double rr = dot(dr, dr) * (1 + damping) + 1e-12;
			final double mr = dot(dm, dr);
			final double gm = dot(dm, residuals);
			final double gr = dot(dr, residuals);
			final double determinant = mm * rr - mr * mr;
			// Half a pixel at most: far steps leave the valley.
			final double stepM = clamp(-(rr * gm - mr * gr) / determinant, 0.5);
			final double stepR = clamp(-(mm * gr - mr * gm) / determinant, 0.5);
			final double nextR = Math.max(0.05, r + stepR);
			final double[] next = residuals(m + stepM, nextR);
			final double nextCost = square(next);
			if (nextCost < cost) {
				m += stepM;
				r = nextR;
				residuals = next;
				final boolean done = cost - nextCost < 1e-6 * cost;
				cost = nextCost;
				damping /= 5;
				if (done) break;
			}
			else damping *= 10;
		}
		residuals(m, r);
		double sum = 0;
		for (int k = 0; k < offsets.length; k++)
			sum += residuals[k] * residuals[k];
		return new Result(m, r, amplitude, Math.sqrt(sum / offsets.length));
	}

	/**
	 * The best radius for a given centre, of all up to a largest one.
	 *
	 * @param centre offset of the axis, px
	 * @param largest px
	 */
	double radius(final double centre, final double largest) {
		final int n = (int) Math.ceil(largest / STEP);
		final double[] cost = new double[n + 1];
		int best = 0;
		for (int i = 0; i <= n; i++) {
			cost[i] = square(residuals(centre, i * STEP));
			if (cost[i] < cost[best]) best = i;
		}
		if (best == 0 || best == n) return best * STEP;
		final double curvature = cost[best - 1] - 2 * cost[best] + cost[best + 1];
		return STEP * (best + (cost[best - 1] - cost[best + 1]) / (2 * curvature));
	}

	/** For the best amplitude and background; the last one is the prior's. */
	private double[] residuals(final double m, final double r) {
		final int n = offsets.length;
		final double weight = prior.noise() / (prior.relativeError() * Math.abs(prior.amplitude()));
		// Normal equations of y = a + b x - A f, and of weight A = weight A0.
		double sx = 0, sxx = 0, sf = 0, sxf = 0, sff = weight * weight, sy = 0, sxy = 0;
		double sfy = -weight * weight * prior.amplitude();
		final double[] f = new double[n];
		for (int k = 0; k < n; k++) {
			final double x = offsets[k];
			f[k] = blur.profile().value(x - m, r, blur.sigma());
			sx += x;
			sxx += x * x;
			sf += f[k];
			sxf += x * f[k];
			sff += f[k] * f[k];
			sy += grey[k];
			sxy += x * grey[k];
			sfy += f[k] * grey[k];
		}
		// Eliminate the background first.
		final double det = n * sxx - sx * sx;
		final double fa = (sxx * sf - sx * sxf) / det;
		final double fb = (n * sxf - sx * sf) / det;
		final double ya = (sxx * sy - sx * sxy) / det;
		final double yb = (n * sxy - sx * sy) / det;
		final double c = -(sfy - fa * sy - fb * sxy) / Math.max(1e-12, sff - fa * sf - fb * sxf);
		amplitude = c;
		final double[] residuals = new double[n + 1];
		for (int k = 0; k < n; k++)
			residuals[k] = ya + c * fa + (yb + c * fb) * offsets[k] - c * f[k] - grey[k];
		residuals[n] = weight * (c - prior.amplitude());
		return residuals;
	}

	private static double[] slope(final double[] after, final double[] before) {
		final double[] slope = new double[after.length];
		for (int i = 0; i < slope.length; i++)
			slope[i] = (after[i] - before[i]) / (2 * H);
		return slope;
	}

	private static double square(final double[] v) {
		return dot(v, v);
	}

	private static double dot(final double[] a, final double[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++)
			sum += a[i] * b[i];
		return sum;
	}

	private static double clamp(final double value, final double most) {
		return Math.max(-most, Math.min(most, value));
	}
}
