package sc.fiji.vasomim.command;

import java.awt.Rectangle;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.logic.NativeBoolType;

/** An image's area selection as a region for filters. */
final class Selection {

	private Selection() {}

	/**
	 * @param log is told that the result is limited to the selection, or that it is no area
	 * @return W x H, true inside; null if no area is selected
	 * @throws IllegalArgumentException if the selection lies outside of the image
	 */
	static RandomAccessibleInterval<NativeBoolType> of(final ImagePlus image, final Consumer<String> log) {
		return of(image, image.getRoi(), log);
	}

	/** @param roi taken for the image's selection; null for none */
	static RandomAccessibleInterval<NativeBoolType> of(final ImagePlus image, final Roi roi,
		final Consumer<String> log)
	{
		if (roi == null) return null;
		if (!roi.isArea()) {
			log.accept(image.getTitle() + ": its selection is no area, but a " + roi.getTypeAsString().toLowerCase() +
				", and changes nothing");
			return null;
		}
		final boolean[] inside = new boolean[image.getWidth() * image.getHeight()];
		final int pixels = fill(inside, image.getWidth(), roi.getMask(), roi.getBounds());
		if (pixels == 0) throw new IllegalArgumentException("input: the selection holds no pixel of the image. Draw it " +
			"anew, or remove it by Edit>Selection>Select None.");
		log.accept(image.getTitle() + ": limited to the " + pixels + " pixels of its selection");
		return ArrayImgs.booleans(inside, image.getWidth(), image.getHeight());
	}

	/** @param mask of the bounds' size; null if all of it is selected */
	private static int fill(final boolean[] inside, final int width, final ImageProcessor mask, final Rectangle bounds) {
		final Rectangle part = bounds.intersection(new Rectangle(width, inside.length / width));
		int pixels = 0;
		for (int y = part.y; y < part.y + part.height; y++)
			for (int x = part.x; x < part.x + part.width; x++)
				if (mask == null || mask.get(x - bounds.x, y - bounds.y) != 0) {
					inside[y * width + x] = true;
					pixels++;
				}
		return pixels;
	}
}
