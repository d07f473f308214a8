package sc.fiji.vasomim.sample;

/** The rectangle that the collimator leaves open, in px, edges included. */
record Field(double left, double top, double right, double bottom) {

	/** A narrow frame; in some images one pair of shutters is drawn in further. */
	static Field draw(final int width, final int height, final Draws draws) {
		final double inX = draws.uniform() < 0.12 ? 0.08 : 0;
		final double inY = draws.uniform() < 0.12 ? 0.08 : 0;
		return new Field(width * (inX + draws.uniform(0, 0.025)), height * (inY + draws.uniform(0, 0.02)),
			width * (1 - inX - draws.uniform(0, 0.015)) - 1, height * (1 - inY - draws.uniform(0, 0.02)) - 1);
	}

	double width() {
		return right - left;
	}

	double height() {
		return bottom - top;
	}

	/** How far inside the field a point lies, px; negative outside. */
	double depth(final double x, final double y) {
		return Math.min(Math.min(x - left, right - x), Math.min(y - top, bottom - y));
	}
}
