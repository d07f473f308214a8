package sc.fiji.vasomim.metrics;

/**
 * An upright rectangle as COCO writes it, in px; the image's top left corner is (0, 0), and a pixel is 1 wide.
 *
 * @param x left edge
 * @param y top edge
 * @param width more than 0
 * @param height more than 0
 */
public record Box(double x, double y, double width, double height) {

	public Box {
		if (!(width > 0 && height > 0 && Double.isFinite(x + y + width + height))) throw new IllegalArgumentException(
			"box: x, y, width and height must be numbers, and width and height more than 0, but it was " + x + ", " + y +
				", " + width + ", " + height);
	}

	public double area() {
		return width * height;
	}

	/** The area that both cover. */
	public double intersection(final Box other) {
		final double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
		final double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
		return w <= 0 || h <= 0 ? 0 : w * h;
	}

	/** Intersection over union, 0..1. */
	public double iou(final Box other) {
		final double both = intersection(other);
		return both / (area() + other.area() - both);
	}
}
