package sc.fiji.vasomim.vesselness;

/** One row of the scale-normalised Hessian into one row of vesselness of dark ridges. */
interface Response {

	/**
	 * @param xx second derivatives along x; may be overwritten
	 * @param xy mixed derivatives; may be overwritten
	 * @param yy second derivatives along y; may be overwritten
	 * @param out receives the response, never below 0
	 * @param n pixels of the row
	 */
	void of(float[] xx, float[] xy, float[] yy, float[] out, int n);
}
