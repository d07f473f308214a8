package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

import sc.fiji.vasomim.files.Grey;
import sc.fiji.vasomim.files.ImageFile;

/** A mask as an image file: 255 in vessels. JPEG and interpolated masks have in-between values; half is the border. */
public record MaskFile(Path file) implements Labels {

	private static final int HALF = 128;

	@Override
	public byte[] read(final int width, final int height) throws IOException {
		final ImagePlus mask = ImageFile.read(file);
		if (mask.getStackSize() > 1) throw new IllegalArgumentException("masks: " + file + " has " + mask.getStackSize() +
			" planes. Save each as a file of its own first.");
		if (mask.getWidth() != width || mask.getHeight() != height) throw new IllegalArgumentException("masks: " + file +
			" is " + mask.getWidth() + " x " + mask.getHeight() + " px, but its image " + width + " x " + height +
			". Extract the masks again from these images.");
		final ByteProcessor grey = mask.getProcessor() instanceof ColorProcessor ? Grey.of((ColorProcessor) mask
			.getProcessor()) : mask.getProcessor().convertToByteProcessor();
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

	@Override
	public String version() throws IOException {
		return Files.size(file) + "\0" + Files.getLastModifiedTime(file).toMillis();
	}
}
