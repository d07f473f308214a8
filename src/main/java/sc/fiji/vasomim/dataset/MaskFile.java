package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.files.Grey;
import sc.fiji.vasomim.files.ImageFile;

/** A mask as an image file: 255 in vessels. JPEG and interpolated masks have in-between values; half is the border. */
public record MaskFile(Path file) implements Labels {

	static final int HALF = 128;

	@Override
	public byte[] read(final int width, final int height) throws IOException {
		final ImagePlus mask = ImageFile.read(file);
		requireFit("masks", file, mask, width, height);
		final ByteProcessor grey = grey(mask.getProcessor());
		final byte[] pixels = (byte[]) grey.getPixels();
		int max = 0;
		for (int i = 0; i < pixels.length; i++) {
			max = Math.max(max, pixels[i] & 0xff);
			pixels[i] = (byte) ((pixels[i] & 0xff) < HALF ? 0 : 255);
		}
		// A mask of 0 and 1 would teach that there are no vessels.
		if (max > 0 && max < HALF) throw new IllegalArgumentException("masks: " + file + " has values up to " + max +
			" only, but vessel must be 255. Multiply them first.");
		return pixels;
	}

	private static ByteProcessor grey(final ImageProcessor mask) {
		return mask instanceof ColorProcessor ? Grey.of((ColorProcessor) mask) : mask.convertToByteProcessor();
	}

	/** @throws IllegalArgumentException if the image is a stack, or not of the size of the one that it describes */
	static void requireFit(final String parameter, final Path file, final ImagePlus image, final int width,
		final int height)
	{
		if (image.getStackSize() > 1) throw new IllegalArgumentException(parameter + ": " + file + " has " + image
			.getStackSize() + " planes. Save each as a file of its own first.");
		if (image.getWidth() != width || image.getHeight() != height) throw new IllegalArgumentException(parameter + ": " +
			file + " is " + image.getWidth() + " x " + image.getHeight() + " px, but its image " + width + " x " + height +
			". Make the " + parameter + " again from these images.");
	}

	@Override
	public String version() throws IOException {
		return version(file);
	}

	@Override
	public Object source() throws IOException {
		return PixelCacheWriter.identity(file);
	}

	/** Changes whenever a file does. */
	static String version(final Path file) throws IOException {
		return Files.size(file) + "\0" + Files.getLastModifiedTime(file).toMillis();
	}
}
