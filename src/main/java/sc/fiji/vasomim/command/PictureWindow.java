package sc.fiji.vasomim.command;

import java.awt.Window;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.process.ImageProcessor;

/** One window for a picture that changes. For the event thread. */
final class PictureWindow {

	private final Consumer<ImagePlus> open;

	private ImagePlus image;

	/** @param open shows an image in a window, unless it has one already */
	PictureWindow(final Consumer<ImagePlus> open) {
		this.open = open;
	}

	/** Shows a picture in place of the one before. */
	void show(final String title, final ImageProcessor picture) {
		if (image == null) image = new ImagePlus(title, picture);
		else {
			image.setTitle(title);
			image.setProcessor(picture);
			image.updateAndDraw();
		}
		open.accept(image);
	}

	/** Null if there is none, or the user has closed it. */
	Window window() {
		return image == null ? null : image.getWindow();
	}

	/** Nothing to do if nothing is shown. */
	void close() {
		if (image == null) return;
		image.changes = false;
		image.close();
		image = null;
	}
}
