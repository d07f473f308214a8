package sc.fiji.vasomim.vesselness;

/**
 * Evidence for dark ridges, to choose a polarity by: near the line where a ridge is deepest, l^2 exp(-2 RB^2), l the
 * largest eigenvalue, RB the ratio of the smaller to it. "Near": the gradient times sigma is below a quarter of l.
 * Without that, the flanks of the field's edge outweigh the vessels: on dca80 every third image then looked bright.
 */
record RidgeLineResponse() implements Response {

	private static final double NEAR = 0.25;

	@Override
	public void of(final Hessian hessian, final float[] out, final int from, final int to) {
		final float[] gx = hessian.scratch0, gy = hessian.scratch1;
		hessian.gradient(gx, gy);
		for (int x = from; x < to; x++) {
			final double m = 0.5 * (hessian.xx[x] + hessian.yy[x]), h = 0.5 * (hessian.xx[x] - hessian.yy[x]);
			final double d = Math.sqrt(h * h + hessian.xy[x] * hessian.xy[x]), l = m + d, rb = (m - d) / l;
			final boolean ridge = m > 0 && gx[x] * gx[x] + gy[x] * gy[x] < NEAR * NEAR * l * l;
			out[x] = ridge ? (float) (l * l * Math.exp(-2 * rb * rb)) : 0;
		}
	}
}
