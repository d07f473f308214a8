package sc.fiji.vasomim.files;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/** Colour to grey as the Python Imaging Library's {@code convert("L")} does, to the bit. */
public final class Grey {

	private Grey() {}

	/** Luma of ITU-R BT.601 in 16-bit fixed point, (19595 R + 38470 G + 7471 B + 32768) / 65536, in a new image. */
	public static ByteProcessor of(final ColorProcessor color) {
		final int[] rgb = (int[]) color.getPixels();
		final byte[] grey = new byte[rgb.length];
		for (int i = 0; i < rgb.length; i++) {
			final int red = rgb[i] >> 16 & 0xff;
			final int green = rgb[i] >> 8 & 0xff;
			final int blue = rgb[i] & 0xff;
			grey[i] = (byte) (19595 * red + 38470 * green + 7471 * blue + 32768 >> 16);
		}
		return new ByteProcessor(color.getWidth(), color.getHeight(), grey);
	}

	/**
	 * Whether an image's values are the numbers of colours, as in GIFs. They say nothing themselves; where colours run
	 * smoothly, as in Fiji's Fire, or an image has more than 8 bits, they only show the values.
	 */
	public static boolean isPalette(final ImagePlus image) {
		if (image.getBitDepth() != 8 || image.isComposite()) return false;
		return image.getProcessor().isColorLut() && !image.getProcessor().isPseudoColorLut();
	}

	/** A slice of an image with a palette. */
	public static ByteProcessor ofPalette(final ImagePlus image, final ImageProcessor slice) {
		slice.setColorModel(image.getProcessor().getColorModel());
		return of((ColorProcessor) slice.convertToRGB());
	}
}
