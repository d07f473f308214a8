package sc.fiji.vasomim.vesselness;

/** The Hessian's Frobenius norm S, from which Frangi's c is found. */
record StructureResponse() implements Response {

	@Override
	public void of(final Hessian hessian, final float[] out, final int from, final int to) {
		final float[] xx = hessian.xx, xy = hessian.xy, yy = hessian.yy, s2 = hessian.scratch0;
		for (int x = from; x < to; x++)
			s2[x] = xx[x] * xx[x] + 2 * xy[x] * xy[x] + yy[x] * yy[x];
		Response.root(s2, out, from, to);
	}
}
