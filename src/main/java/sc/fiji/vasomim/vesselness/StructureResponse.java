package sc.fiji.vasomim.vesselness;

/** The Hessian's Frobenius norm S, from which Frangi's c is found. */
final class StructureResponse implements Response {

	@Override
	public void of(final float[] xx, final float[] xy, final float[] yy, final float[] out, final int n) {
		for (int x = 0; x < n; x++)
			out[x] = xx[x] * xx[x] + 2 * xy[x] * xy[x] + yy[x] * yy[x];
		for (int x = 0; x < n; x++)
			out[x] = (float) Math.sqrt(out[x]);
	}
}
