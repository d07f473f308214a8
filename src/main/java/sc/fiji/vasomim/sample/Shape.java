package sc.fiji.vasomim.sample;

/** Profiles that anatomy is drawn with; all 0..1. */
final class Shape {

	private Shape() {}

	/** 0 below 0, 1 above 1, a cubic without a kink between. */
	static double step(final double t) {
		if (t <= 0) return 0;
		if (t >= 1) return 1;
		return t * t * (3 - 2 * t);
	}

	/** A soft border: 0 outside, 1 inside, 0.5 at distance 0, over the given width. */
	static double edge(final double inside, final double width) {
		return step(inside / width + 0.5);
	}

	/** A soft line: 1 at distance 0, 0 from the half-width on. */
	static double line(final double distance, final double halfWidth) {
		return step(1 - Math.abs(distance) / halfWidth);
	}
}
