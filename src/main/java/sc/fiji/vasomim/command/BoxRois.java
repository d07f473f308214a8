package sc.fiji.vasomim.command;

import java.util.List;
import java.util.Locale;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

import sc.fiji.vasomim.figure.LabelColours;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;

/**
 * Boxes that were found, as rectangles: named after class and number ({@code stenosis-1}), so that they can be read as
 * drawn boxes after they were corrected, with their {@code score} as a property, and bound to their frame.
 */
final class BoxRois {

	private static final String SCORE = "score";

	private BoxRois() {}

	/** @param plane its number in the stack, from 0 */
	static Roi of(final ImagePlus image, final int plane, final int lesion, final String name, final Detection detection) {
		final Box box = detection.box();
		final Roi roi = new Roi(box.x(), box.y(), box.width(), box.height());
		roi.setName(name + "-" + lesion);
		roi.setProperty(SCORE, String.format(Locale.ROOT, "%.4f", detection.score()));
		roi.setStrokeColor(LabelColours.of(1 + (lesion - 1) % 255));
		final int[] place = image.convertIndexToPosition(plane + 1);
		if (image.isHyperStack()) roi.setPosition(place[0], place[1], place[2]);
		else if (image.getStackSize() > 1) roi.setPosition(plane + 1);
		return roi;
	}

	/** In place of those that an earlier run left over the image; all else in its overlay stays. */
	static void show(final ImagePlus image, final List<Roi> boxes) {
		// A copy, for it has settings of its own: labels, their colour and font.
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay().duplicate();
		for (final Roi roi : overlay.toArray())
			if (roi.getProperty(SCORE) != null) overlay.remove(roi);
		boxes.forEach(box -> overlay.add((Roi) box.clone()));
		image.setOverlay(overlay);
	}
}
