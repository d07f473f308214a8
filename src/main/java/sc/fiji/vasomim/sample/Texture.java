package sc.fiji.vasomim.sample;

/** Smooth random field of several octaves (value noise), about -1..1 over the unit square. */
final class Texture {

	private final int cells;

	private final double[][] lattices;

	/** @param cells of the coarsest octave along the square's side; each further octave has twice as many */
	Texture(final int cells, final int octaves, final Draws draws) {
		this.cells = cells;
		lattices = new double[octaves][];
		for (int octave = 0; octave < octaves; octave++) {
			final int side = (cells << octave) + 1;
			lattices[octave] = new double[side * side];
			for (int i = 0; i < side * side; i++) lattices[octave][i] = draws.uniform(-1, 1);
		}
	}

	/** @param u in 0..1, as v; the edge's value counts beyond */
	double at(final double u, final double v) {
		double sum = 0;
		for (int octave = 0; octave < lattices.length; octave++)
			sum += octave(lattices[octave], cells << octave, u, v) / (1 << octave);
		return sum;
	}

	private static double octave(final double[] lattice, final int n, final double u, final double v) {
		final double x = Math.max(0, Math.min(1, u)) * n;
		final double y = Math.max(0, Math.min(1, v)) * n;
		final int i = Math.min((int) x, n - 1);
		final int j = Math.min((int) y, n - 1);
		final double s = Shape.step(x - i);
		final double t = Shape.step(y - j);
		final int k = j * (n + 1) + i;
		final double top = lattice[k] + s * (lattice[k + 1] - lattice[k]);
		final double bottom = lattice[k + n + 1] + s * (lattice[k + n + 2] - lattice[k + n + 1]);
		return top + t * (bottom - top);
	}
}
