package sc.fiji.vasomim.quantify;

/** A place in the image, px; pixel (i, j) has its centre at x = i, y = j. */
public record Point(double x, double y) {

	double distance(final Point other) {
		return Math.hypot(x - other.x, y - other.y);
	}
}
