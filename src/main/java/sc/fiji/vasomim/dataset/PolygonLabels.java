package sc.fiji.vasomim.dataset;

import java.util.List;

import sc.fiji.vasomim.files.Sha256;

/**
 * Polygons drawn on an image; where they overlap, the later one wins.
 *
 * @param source the name of the file that they are from
 * @param width of the image that they were drawn on, in px
 * @param height of it, in px
 */
record PolygonLabels(String source, int width, int height, List<Shape> shapes) implements Labels {

	/** @param value the pixel value of its class, 1..255 */
	record Shape(Polygon polygon, int value) {}

	PolygonLabels {
		shapes = List.copyOf(shapes);
	}

	@Override
	public byte[] read(final int width, final int height) {
		if (width != this.width || height != this.height) throw new IllegalArgumentException("labels: " + source +
			" was drawn on an image of " + this.width + " x " + this.height + " px, but it is " + width + " x " + height +
			". Take the images that belong to it.");
		final byte[] pixels = new byte[width * height];
		for (final Shape shape : shapes)
			shape.polygon.fill(pixels, width, height, (byte) shape.value);
		return pixels;
	}

	@Override
	public String version() {
		return Sha256.of(width + " x " + height + shapes);
	}
}
