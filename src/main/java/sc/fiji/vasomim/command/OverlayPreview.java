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

	private ImagePlus image;

	private Overlay before;

	/**
	 * Shows a picture over the current plane of an image; the one shown before goes.
	 *
	 * @param picture of the image's size; black is transparent if {@code seeThrough}
	 */
	void show(final ImagePlus over, final ImageProcessor picture, final boolean seeThrough) {
		if (image != over) {
			remove();
			image = over;
			before = over.getOverlay();
		}
		final ImageRoi roi = new ImageRoi(0, 0, picture);
		roi.setZeroTransparent(seeThrough);
		final Overlay overlay = before == null ? new Overlay() : before.duplicate();
		overlay.add(roi);
		image.setOverlay(overlay);
	}

	/** Nothing to do if nothing is shown. */
	void remove() {
		if (image != null) image.setOverlay(before);
		image = null;
		before = null;
	}
}
