package sc.fiji.vasomim.dataset;

import java.util.Locale;

import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.TrueBox;

/**
 * A box as an annotation file has it, not yet looked at.
 *
 * @param where its place, for messages: file and number
 * @param name its class
 * @param x left edge in px, as {@link Box} has it
 * @param y top edge
 * @param crowd whether it surrounds a group
 * @param ignored whether it need not be found
 */
record DrawnBox(String where, String name, double x, double y, double width, double height, boolean crowd,
	boolean ignored)
{

	/** How far boxes may reach over an image's border, in px: rounding, and numbering from 0 or from 1. */
	private static final double SLACK = 1;

	/** In px. Nothing is thinner but by rounding, and float32 does not tell much thinner ones from nothing. */
	private static final double LEAST_SIDE = 0.01;

	/** The same of another class. */
	DrawnBox named(final String other) {
		return new DrawnBox(where, other, x, y, width, height, crowd, ignored);
	}

	/**
	 * The box inside its image.
	 *
	 * @param label number of its class, from 1
	 * @param image its name
	 * @param columns the image's width in px
	 * @param rows the image's height in px
	 * @throws IllegalArgumentException if it has a side that is no number or not more than 0, is thinner than 0.01 px, or
	 *           reaches outside
	 */
	TrueBox on(final int label, final String image, final int columns, final int rows) {
		if (!Double.isFinite(x + y + width + height)) throw bad("has a coordinate that is no number", image);
		if (!(width > 0 && height > 0)) throw bad("has no area", image);
		if (!(width >= LEAST_SIDE && height >= LEAST_SIDE)) throw bad("is thinner than " + LEAST_SIDE + " px", image);
		if (x < -SLACK || y < -SLACK || x + width > columns + SLACK || y + height > rows + SLACK) throw bad(
			"reaches outside of it, " + columns + " x " + rows + " px", image);
		final double left = Math.max(0, x), top = Math.max(0, y);
		final double w = Math.min(columns, x + width) - left, h = Math.min(rows, y + height) - top;
		if (!(w >= LEAST_SIDE && h >= LEAST_SIDE)) throw bad("reaches outside of it, " + columns + " x " + rows + " px", image);
		return new TrueBox(new Box(left, top, w, h), label, crowd, ignored);
	}

	private IllegalArgumentException bad(final String what, final String image) {
		return new IllegalArgumentException(String.format(Locale.ROOT,
			"boxes: %s: the box of %s at x %s, y %s, width %s, height %s px on %s %s. Draw it again, or remove it.", where, name, x,
			y, width, height, image, what));
	}
}
