package sc.fiji.vasomim.dataset;

import java.nio.file.Path;

import ij.ImagePlus;

import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.files.IntensityRule;

/** The grey values that networks are trained on. */
final class GreyPixels {

	private GreyPixels() {}

	/**
	 * @param name of the image inside its data set
	 * @param file for messages
	 * @param oddities is told what is odd about it
	 * @return height x width in raster order, 0..255
	 * @throws IllegalArgumentException if it has several frames, or a pixel is no number
	 */
	static byte[] of(final ImagePlus image, final String name, final Path file, final IntensityRule rule,
		final Oddities oddities)
	{
		if (image.getStackSize() > 1) throw new IllegalArgumentException("images: " + file + " has " + image
			.getStackSize() + " frames. Save each as a file of its own first.");
		final byte[] pixels = new byte[image.getWidth() * image.getHeight()];
		int i = 0;
		try {
			final IntensityRule.Result result = rule.apply(image);
			oddities.add(name, result.applied());
			for (final UnsignedByteType pixel : Views.flatIterable(result.image()))
				pixels[i++] = pixel.getByte();
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("images: " + file + ": " + e.getMessage(), e);
		}
		return pixels;
	}
}
