package sc.fiji.vasomim.dataset;

import java.nio.file.Path;

import ij.ImagePlus;

import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.files.IntensityRule;

/**
 * The grey values that networks are trained on.
 *
 * @param values height x width in raster order, 0..255
 * @param applied what was done to the image's intensities
 */
record GreyPixels(byte[] values, IntensityRule.Applied applied) {

	/**
	 * @param file for messages
	 * @throws IllegalArgumentException if the image has several frames, or a pixel is no number
	 */
	static GreyPixels of(final ImagePlus image, final Path file, final IntensityRule rule) {
		if (image.getStackSize() > 1) throw new IllegalArgumentException("images: " + file + " has " + image
			.getStackSize() + " frames. Save each as a file of its own first.");
		final IntensityRule.Result result;
		try {
			result = rule.apply(image);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("images: " + file + ": " + e.getMessage(), e);
		}
		final byte[] values = new byte[image.getWidth() * image.getHeight()];
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(result.image()))
			values[i++] = pixel.getByte();
		return new GreyPixels(values, result.applied());
	}
}
