package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Path;

import ij.ImagePlus;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * An image and its labels as the cache holds them.
 *
 * @param grey width x height in raster order
 * @param labels the same, as {@link Labels} gives them
 * @param applied what was done to the image's intensities
 */
record DecodedSample(int width, int height, byte[] grey, byte[] labels, IntensityRule.Applied applied) {

	/**
	 * @throws IOException if a file can't be read; the message names it
	 * @throws IllegalArgumentException if image and labels can't be used together
	 */
	static DecodedSample read(final Sample sample, final IntensityRule rule) throws IOException {
		final Path file = sample.image();
		final ImagePlus image = ImageFile.read(file);
		final GreyPixels grey = GreyPixels.of(image, file, rule);
		return new DecodedSample(image.getWidth(), image.getHeight(), grey.values(), sample.labels().read(image.getWidth(), image
			.getHeight()), grey.applied());
	}

	/** Whether there is nothing but background. */
	boolean isEmpty() {
		for (final byte label : labels)
			if (label != 0) return false;
		return true;
	}
}
