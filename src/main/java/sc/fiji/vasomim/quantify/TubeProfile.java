package sc.fiji.vasomim.quantify;

/**
 * What a vessel's cross-section looks like through a blurring system: the family A (r^2 - x^2)^p inside the radius r,
 * convolved with a Gaussian. A cylinder of contrast agent on a logarithmic detector has p = 1/2 (a chord's length), a
 * flat band p = 0. A does not change with the radius: where a vessel narrows, its shadow pales by the same law.
 */
final class TubeProfile {

	/** Spacing of the table, in sigma, and its extent. */
	private static final double STEP = 0.1;

	private static final int RADII = 241;

	/** Beyond the edge by so many sigma nothing is left. */
	private static final double TAIL = 5;

	private final double shape;

	/** By radius, then by distance from the axis. */
	private final double[][] table = new double[RADII][];

	/** @param shape p, 0..1 */
	TubeProfile(final double shape) {
		this.shape = shape;
		for (int i = 0; i < RADII; i++) {
			table[i] = new double[(int) Math.ceil((i * STEP + TAIL) / STEP) + 2];
			for (int k = 0; k < table[i].length; k++)
				table[i][k] = integrate(k * STEP, i * STEP);
		}
	}

	double shape() {
		return shape;
	}

	/**
	 * @param x distance from the axis, px
	 * @param radius px, 0 or more
	 * @param sigma of the Gaussian, px, above 0
	 * @return attenuation there, for A = sigma^-2p
	 */
	double value(final double x, final double radius, final double sigma) {
		final double u = Math.abs(x) / sigma;
		final double rho = radius / sigma;
		if (u > rho + TAIL) return 0;
		final double row = rho / STEP;
		if (row >= RADII - 1) return integrate(u, rho);
		final int i = (int) row;
		return ((i + 1 - row) * at(table[i], u / STEP) + (row - i) * at(table[i + 1], u / STEP));
	}

	/** Under the family's member of radius 1 and A = 1, px^(2p + 1). */
	double area() {
		final int nodes = 100;
		double sum = 0;
		for (int i = 0; i < nodes; i++)
			sum += Math.pow(Math.cos((i + 0.5) * Math.PI / nodes - Math.PI / 2), 2 * shape + 1);
		return sum * Math.PI / nodes;
	}

	private static double at(final double[] values, final double place) {
		final int k = (int) place;
		return k + 1 >= values.length ? 0 : values[k] + (place - k) * (values[k + 1] - values[k]);
	}

	/** With t = rho sin(theta) the integrand has no kink, so that the midpoint rule converges fast. */
	private double integrate(final double u, final double rho) {
		if (rho == 0) return 0;
		final int nodes = 48 + (int) (8 * rho);
		final double width = Math.PI / nodes;
		double sum = 0;
		for (int i = 0; i < nodes; i++) {
			final double theta = (i + 0.5) * width - Math.PI / 2;
			final double cos = Math.cos(theta);
			final double t = u - rho * Math.sin(theta);
			if (Math.abs(t) < TAIL + 1) sum += Math.pow(rho * cos, 2 * shape) * rho * cos * Math.exp(-t * t / 2);
		}
		return sum * width / Math.sqrt(2 * Math.PI);
	}
}
