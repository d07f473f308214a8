package sc.fiji.vasomim.command;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.process.ImageProcessor;

/**
 * A picture over an image, which leaves its pixels alone: what lay over the image before comes back when it goes. For
 * the event thread.
 */
final class OverlayPreview {

	/** What lies below must be seen too, to be judged. */
	private static final double OPACITY = 0.6;

	private ImagePlus image;

	private Overlay before;

	private boolean hidden;

	/**
	 * Shows a picture over one plane of an image; the one shown before goes.
	 *
	 * @param plane its number in the stack, from 1
	 * @param picture of the image's size; black is transparent, and colours let the image through, if {@code seeThrough}
	 */
	void show(final ImagePlus over, final int plane, final ImageProcessor picture, final boolean seeThrough) {
		if (image != over) {
			remove();
			image = over;
			before = over.getOverlay();
			hidden = over.getHideOverlay();
		}
		final ImageRoi roi = new ImageRoi(0, 0, picture);
		roi.setZeroTransparent(seeThrough);
		if (seeThrough) roi.setOpacity(OPACITY);
		final int[] here = over.convertIndexToPosition(plane);
		if (over.isHyperStack()) roi.setPosition(here[0], here[1], here[2]);
		else if (over.getStackSize() > 1) roi.setPosition(plane);
		final Overlay overlay = before == null ? new Overlay() : before.duplicate();
		overlay.add(roi);
		image.setOverlay(overlay);
	}

	/** Nothing to do if nothing is shown. */
	void remove() {
		if (image != null) {
			image.setOverlay(before);
			// Setting an overlay shows it.
			image.setHideOverlay(hidden);
		}
		image = null;
		before = null;
	}
}
