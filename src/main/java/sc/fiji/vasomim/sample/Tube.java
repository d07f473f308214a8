package sc.fiji.vasomim.sample;


/**
 * A solid of circular cross-section along a centreline: the union of all balls with centre (x, y, depth) and the
 * radius, both linear between neighbouring points. All in px; pixel (i, j) has its centre at x = i, y = j; depth is
 * along the ray. The arrays are not copied.
 */
record Tube(double[] x, double[] y, double[] depth, double[] radius) {

	/** Neighbouring rays: from..to - 1, none if from >= to. */
	record Rays(int from, int to) {}

	int size() {
		return x.length;
	}

	double maxRadius() {
		double max = 0;
		for (final double r : radius) max = Math.max(max, r);
		return max;
	}

	/** Direction of the centreline at a point, in radians. */
	double heading(final int i) {
		final int a = Math.max(i - 1, 0);
		final int b = Math.min(i + 1, size() - 1);
		return StrictMath.atan2(y[b] - y[a], x[b] - x[a]);
	}

	/**
	 * Sends rays through the points (first + i * step, py). A ball of radius r at distance d from a ray is crossed over
	 * 2 sqrt(r^2 - d^2); of all balls of the tube the longest such chord counts, which for a straight tube is the chord
	 * of its cross-section. A tube is taken as locally parallel to the detector: its slope in depth moves the chord,
	 * but does not lengthen it.
	 *
	 * @param squaredHalfChord in: zeros; out: r^2 - d^2 of each ray that hits
	 * @param chordDepth out: for those rays, the depth of that chord's middle
	 * @return outside this range all rays miss
	 */
	Rays cross(final double py, final double first, final double step, final double[] squaredHalfChord,
		final double[] chordDepth)
	{
		int from = squaredHalfChord.length;
		int to = 0;
		for (int i = 0; i + 1 < size(); i++) {
			final double reach = Math.max(radius[i], radius[i + 1]);
			if (py < Math.min(y[i], y[i + 1]) - reach || py > Math.max(y[i], y[i + 1]) + reach) continue;
			final double left = (Math.min(x[i], x[i + 1]) - reach - first) / step;
			final double right = (Math.max(x[i], x[i + 1]) + reach - first) / step;
			final Rays rays = new Rays(Math.max((int) Math.ceil(left), 0),
				Math.min((int) Math.floor(right) + 1, squaredHalfChord.length));
			crossPiece(i, py, first, step, rays, squaredHalfChord, chordDepth);
			from = Math.min(from, rays.from());
			to = Math.max(to, rays.to());
		}
		return new Rays(from, to);
	}

	private void crossPiece(final int i, final double py, final double first, final double step, final Rays rays,
		final double[] squaredHalfChord, final double[] chordDepth)
	{
		final double dx = x[i + 1] - x[i];
		final double dy = y[i + 1] - y[i];
		final double dr = radius[i + 1] - radius[i];
		final double dz = depth[i + 1] - depth[i];
		// r(t)^2 - d(t)^2 is a parabola in t; it opens downwards unless one ball holds the next.
		final double curvature = dx * dx + dy * dy - dr * dr;
		for (int k = rays.from(); k < rays.to(); k++) {
			final double px = first + k * step;
			final double along = (px - x[i]) * dx + (py - y[i]) * dy + radius[i] * dr;
			final double t = curvature > 0 ? Math.max(0, Math.min(1, along / curvature)) : dr > 0 ? 1 : 0;
			final double r = radius[i] + t * dr;
			final double ex = px - x[i] - t * dx;
			final double ey = py - y[i] - t * dy;
			final double h = r * r - ex * ex - ey * ey;
			if (h > squaredHalfChord[k]) {
				squaredHalfChord[k] = h;
				chordDepth[k] = depth[i] + t * dz;
			}
		}
	}
}
