package sc.fiji.vasomim.dataset;

import java.util.List;
import java.util.zip.CRC32;

import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.metrics.TrueBox;

/**
 * A data set with drawn boxes, in memory.
 *
 * @param images in a fixed order
 * @param classes names of labels 1, 2, ... in order
 */
public record BoxedImages(List<BoxedImage> images, List<String> classes) {

	public BoxedImages {
		images = List.copyOf(images);
		classes = List.copyOf(classes);
		for (final BoxedImage image : images)
			for (final TrueBox box : image.boxes())
				if (box.label() < 1 || box.label() > classes.size()) throw new IllegalArgumentException("boxes: " + image
					.name() + " has the label " + box.label() + ", but there are " + classes.size() + " classes");
	}

	/** @throws IllegalArgumentException if the classes are others, or in another order */
	public void requireClasses(final String parameter, final List<String> expected) {
		if (!classes.equals(expected)) throw new IllegalArgumentException(parameter +
			": the classes must be the network's, " + expected + ", but were " + classes);
	}

	/** Whether there is a box to find: neither a crowd nor ignored. */
	public boolean hasTruth() {
		return images.stream().anyMatch(BoxedImage::hasTruth);
	}

	/** Tells contents apart, by names, sizes, boxes and classes, and pixels by their CRC-32: 64 hexadecimal digits. */
	public String fingerprint() {
		final StringBuilder text = new StringBuilder(classes.toString());
		for (final BoxedImage image : images) {
			final CRC32 pixels = new CRC32();
			pixels.update(image.pixels());
			text.append('\n').append(image.name()).append('\0').append(image.width()).append(' ').append(pixels.getValue())
				.append(image.boxes());
		}
		return Sha256.of(text.toString());
	}
}
