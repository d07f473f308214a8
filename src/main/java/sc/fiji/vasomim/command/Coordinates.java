package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Roi;
import ij.process.FloatPolygon;

import sc.fiji.vasomim.quantify.Point;

/** Lines that users draw or write down, as points of the image plane. */
final class Coordinates {

	private Coordinates() {}

	/**
	 * @param text x1,y1,x2,y2,... in px; blank for none
	 * @throws IllegalArgumentException naming the parameter if it is no list of two points or more
	 */
	static List<Point> parse(final String parameter, final String text) {
		if (text == null || text.isBlank()) return List.of();
		final String[] words = text.split(",", -1);
		final List<Point> points = new ArrayList<>();
		try {
			for (int i = 0; i + 1 < words.length; i += 2)
				points.add(new Point(Double.parseDouble(words[i].strip()), Double.parseDouble(words[i + 1].strip())));
		}
		catch (final NumberFormatException e) {
			points.clear();
		}
		final boolean finite = points.stream().allMatch(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()));
		if (words.length % 2 != 0 || points.size() < 2 || !finite) throw new IllegalArgumentException(parameter +
			": must be x1,y1,x2,y2,..., two points or more in px, but was " + text +
				". Write numbers alone, with commas between them.");
		return points;
	}

	/**
	 * The same points. ImageJ draws lines up to the outer border of an image's last pixels.
	 *
	 * @throws IllegalArgumentException naming the parameter if one is outside of the image, where nothing can be measured
	 */
	static List<Point> inside(final String parameter, final List<Point> points, final ImagePlus image) {
		for (final Point point : points)
			if (point.x() < 0 || point.y() < 0 || point.x() > image.getWidth() || point.y() > image.getHeight())
				throw new IllegalArgumentException(parameter + ": must be inside of " + image.getTitle() + ", " + image.getWidth() +
					" x " + image.getHeight() + " px, but goes to (" + Math.round(point.x()) + ", " + Math.round(point.y()) +
					"). Give it in px from the upper left corner.");
		return points;
	}

	/** The image's line selection; empty if it has none. */
	static List<Point> line(final ImagePlus image) {
		final Roi roi = image.getRoi();
		return roi == null || !roi.isLine() ? List.of() : line(roi);
	}

	/** The corners of a line. For lines as here, whole numbers are the centres of pixels. */
	static List<Point> line(final Roi roi) {
		final FloatPolygon polygon = roi instanceof Line ? ((Line) roi).getFloatPoints() : roi.getFloatPolygon();
		final List<Point> points = new ArrayList<>();
		for (int i = 0; i < polygon.npoints; i++)
			points.add(new Point(polygon.xpoints[i], polygon.ypoints[i]));
		return points;
	}
}
