package sc.fiji.vasomim.dataset;

import java.util.List;

import sc.fiji.vasomim.metrics.TrueBox;

/**
 * An image and the boxes drawn on it.
 *
 * @param name the image's path inside its data set
 * @param pixels grey, 0..255, height x width in raster order; not copied
 * @param boxes in px of the image; label i is the data set's i-th class, from 1. Empty where there is nothing to find
 */
public record BoxedImage(String name, byte[] pixels, int width, int height, List<TrueBox> boxes) {

	public BoxedImage {
		if (width < 1 || height < 1 || pixels.length != width * height) throw new IllegalArgumentException("pixels: " +
			name + " must have " + width + " x " + height + " px, but has " + pixels.length);
		boxes = List.copyOf(boxes);
	}

	/** Whether there is a box to find: neither a crowd nor ignored. */
	public boolean hasTruth() {
		return boxes.stream().anyMatch(box -> !box.isIgnored());
	}
}
