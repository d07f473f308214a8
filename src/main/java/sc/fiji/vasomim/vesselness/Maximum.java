package sc.fiji.vasomim.vesselness;

import java.util.Arrays;

/** The largest response over the scales, on request with its scale and the direction of the vessel. */
final class Maximum {

	/** scale and direction are null if not asked for. */
	private final Plane response, scale, direction;

	private final boolean both;

	/**
	 * @param margin at the left and right, as in the rows that are added
	 * @param both whether bright ridges respond too
	 */
	Maximum(final int width, final int height, final int margin, final boolean withScale, final boolean withDirection,
		final boolean both)
	{
		this.both = both;
		response = new Plane(width, height, margin, 0);
		scale = withScale ? new Plane(width, height, margin, 0) : null;
		direction = withDirection ? new Plane(width, height, margin, 0) : null;
	}

	void clear() {
		for (final Plane plane : new Plane[] { response, scale, direction })
			if (plane != null) for (final float[] row : plane.rows)
				Arrays.fill(row, 0);
	}

	void write(final VesselnessOutput output) {
		response.write(output.response());
		if (scale != null) scale.write(output.scale());
		if (direction != null) direction.write(output.direction());
	}

	/** Takes the response of one more scale in row y, at the indices from..to-1 of all rows. */
	void add(final float[] row, final Hessian hessian, final int y, final int from, final int to, final double sigma) {
		final float[] best = response.row(y);
		if (scale != null || direction != null) for (int x = from; x < to; x++) {
			if (row[x] <= best[x]) continue;
			if (scale != null) scale.row(y)[x] = (float) sigma;
			if (direction != null) direction.row(y)[x] = direction(hessian, x);
		}
		for (int x = from; x < to; x++)
			best[x] = Math.max(best[x], row[x]);
	}

	/**
	 * Along the vessel: across the eigenvector of the eigenvalue that responds. Of dark ridges it is the larger, m + d;
	 * of both kinds that of larger magnitude, which is m - d where m < 0.
	 */
	private float direction(final Hessian hessian, final int x) {
		final double across = 0.5 * Math.atan2(2 * hessian.xy[x], hessian.xx[x] - hessian.yy[x]);
		final double along = both && hessian.xx[x] + hessian.yy[x] < 0 ? across : across + Math.PI / 2;
		return (float) (along < 0 ? along + Math.PI : along >= Math.PI ? along - Math.PI : along);
	}
}
