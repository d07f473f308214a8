package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.plugin.frame.RoiManager;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.figure.LabelColours;

/** Vessels as selections: one for each class and frame, named after the class and bound to its frame. */
final class VesselOutlines {

	private VesselOutlines() {}

	/**
	 * @param image that they belong to
	 * @param plane its number in the stack, from 0
	 * @param labels 255 for a single class, else 1, 2, ...
	 */
	static List<Roi> of(final ImagePlus image, final int plane, final ByteProcessor labels,
		final List<String> classes)
	{
		final List<Roi> outlines = new ArrayList<>();
		for (int i = 1; i <= classes.size(); i++) {
			final int label = classes.size() == 1 ? 255 : i;
			labels.setThreshold(label, label, ImageProcessor.NO_LUT_UPDATE);
			final Roi outline = new ThresholdToSelection().convert(labels);
			if (outline == null) continue;
			outline.setName(classes.get(i - 1));
			outline.setStrokeColor(LabelColours.of(i));
			final int[] place = image.convertIndexToPosition(plane + 1);
			if (image.isHyperStack()) outline.setPosition(place[0], place[1], place[2]);
			else if (image.getStackSize() > 1) outline.setPosition(plane + 1);
			outlines.add(outline);
		}
		labels.resetThreshold();
		return outlines;
	}

	/** Adds them to what lies over the image already. */
	static void addToOverlay(final ImagePlus image, final List<Roi> outlines) {
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay().duplicate();
		outlines.forEach(overlay::add);
		image.setOverlay(overlay);
	}

	/** Adds them to the ROI Manager, which keeps what it has. For a display. */
	static void addToManager(final List<Roi> outlines) {
		final RoiManager manager = RoiManager.getRoiManager();
		outlines.forEach(manager::addRoi);
	}
}
