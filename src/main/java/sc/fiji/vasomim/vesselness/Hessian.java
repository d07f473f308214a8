package sc.fiji.vasomim.vesselness;

/**
 * The second derivatives of a smoothed plane, row after row. Each row of the plane is differentiated along x once and
 * kept while the kernels along y need it, so that everything stays in the cache. One thread each.
 */
final class Hessian {

	/** Of the current row, with the plane's margins; scale-normalised. */
	final float[] xx, xy, yy;

	/** For a {@link Response} to use. */
	final float[] scratch0, scratch1, scratch2;

	private final Plane plane;

	private final GaussianKernels kx, ky;

	private final int from, to;

	private final ShiftedRow shifted;

	/** Rows differentiated 0, 1 and 2 times along x; the current row is the middle one. */
	private final float[][][] windows;

	/**
	 * @param from first column, counting the margin
	 * @param to column behind the last, counting the margin
	 */
	Hessian(final Plane plane, final ScaleStep step, final int from, final int to) {
		this.plane = plane;
		this.from = from;
		this.to = to;
		kx = step.derivatives().get(0);
		ky = step.derivatives().get(1);
		final int length = plane.length();
		xx = new float[length];
		xy = new float[length];
		yy = new float[length];
		scratch0 = new float[length];
		scratch1 = new float[length];
		scratch2 = new float[length];
		shifted = new ShiftedRow(kx.radius(), 1, length);
		windows = new float[3][2 * ky.radius() + 1][length];
	}

	/** Makes a row the next one to {@link #advance} to. */
	void start(final int y) {
		for (int i = -ky.radius(); i < ky.radius(); i++)
			enter(plane.index(y) + i);
	}

	/** Computes the next row. */
	void advance(final int y) {
		final int radius = ky.radius();
		enter(plane.index(y) + radius);
		Convolution.even(windows[2], radius, ky.g0(), xx, from, to);
		Convolution.odd(windows[1], radius, ky.g1(), xy, from, to);
		Convolution.even(windows[0], radius, ky.g2(), yy, from, to);
	}

	/** First derivatives of the current row, scale-normalised. */
	void gradient(final float[] gx, final float[] gy) {
		Convolution.even(windows[1], ky.radius(), ky.g0(), gx, from, to);
		Convolution.odd(windows[0], ky.radius(), ky.g1(), gy, from, to);
	}

	/** The current row, smoothed by the derivatives' Gaussian. */
	void smoothed(final float[] out) {
		Convolution.even(windows[0], ky.radius(), ky.g0(), out, from, to);
	}

	/** Differentiates one row more along x; the topmost leaves the windows. */
	private void enter(final int row) {
		shifted.set(plane.rows[row], from, to);
		Convolution.even(shifted.rows, shifted.centre, kx.g0(), rotate(windows[0]), from, to);
		Convolution.odd(shifted.rows, shifted.centre, kx.g1(), rotate(windows[1]), from, to);
		Convolution.even(shifted.rows, shifted.centre, kx.g2(), rotate(windows[2]), from, to);
	}

	private static float[] rotate(final float[][] window) {
		final float[] first = window[0];
		System.arraycopy(window, 1, window, 0, window.length - 1);
		return window[window.length - 1] = first;
	}
}
