package sc.fiji.vasomim.command;

import java.util.List;

import ij.ImagePlus;
import ij.measure.Calibration;

import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;

/**
 * A box that was found, as tables have it.
 *
 * @param image its title
 * @param frame place in the stack, from 1, as in all tables; that of an image with channels and slices counts all planes
 * @param lesion number through the run, from 1: boxes of one number are linked
 * @param name of its class
 * @param x left edge, in the unit of the image's calibration, from its origin
 * @param y top edge, likewise
 * @param width in the same unit
 * @param height in the same unit
 * @param unit px if the image has no calibration
 * @param score how sure the network is, 0..1
 */
public record BoxRow(String image, int frame, int lesion, String name, double x, double y, double width, double height,
	String unit, double score)
{

	static final List<String> HEADINGS = List.of("image", "frame", "lesion", "class", "x", "y", "width", "height",
		"unit", "score");

	/** @param frame place in the stack, from 0 */
	static BoxRow of(final ImagePlus image, final int frame, final int lesion, final String name,
		final Detection detection)
	{
		final Calibration space = image.getCalibration();
		final Box box = detection.box();
		return new BoxRow(image.getTitle(), frame + 1, lesion, name, space.getX(box.x()), top(box, space,
			image.getHeight()), box.width() * space.pixelWidth, box.height() * space.pixelHeight, space.scaled() ? space.getXUnit()
				: "px", detection.score());
	}

	/** An inverted axis without an origin begins at the image's lower edge; ImageJ means the lowest row of pixels. */
	private static double top(final Box box, final Calibration space, final int height) {
		return space.getInvertY() && space.yOrigin == 0 ? (height - box.y()) * space.pixelHeight : space.getY(box.y(), height);
	}

	static MeasureTable table(final List<BoxRow> rows) {
		return new MeasureTable(HEADINGS, rows.stream().map(BoxRow::cells).toList());
	}

	private List<Object> cells() {
		return List.of(image, frame, lesion, name, x, y, width, height, unit, score);
	}
}
