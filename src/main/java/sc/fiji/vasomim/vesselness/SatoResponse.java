package sc.fiji.vasomim.vesselness;

/** max(l, 0), l the largest eigenvalue m + d, where m = (xx + yy) / 2 and d^2 = ((xx - yy) / 2)^2 + xy^2. */
final class SatoResponse implements Response {

	@Override
	public void of(final float[] xx, final float[] xy, final float[] yy, final float[] out, final int n) {
		for (int x = 0; x < n; x++) {
			final float h = 0.5f * (xx[x] - yy[x]);
			out[x] = h * h + xy[x] * xy[x];
		}
		for (int x = 0; x < n; x++)
			out[x] = (float) Math.sqrt(out[x]);
		for (int x = 0; x < n; x++)
			out[x] = Math.max(0.5f * (xx[x] + yy[x]) + out[x], 0);
	}
}
