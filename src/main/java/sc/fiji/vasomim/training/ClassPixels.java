package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.Arrays;

import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.model.SegmentationNetwork;

/** Counts a data set's pixels by class, and so finds labels that a network does not know. */
final class ClassPixels {

	private static final int MASK = 255;

	private ClassPixels() {}

	/**
	 * @param parameter what the user calls the data set, for messages
	 * @return pixels of the background and of each class
	 * @throws IllegalArgumentException if a label is none of the network's, or all are background
	 */
	static long[] count(final String parameter, final PixelCache data, final SegmentationNetwork network)
		throws IOException
	{
		final int classes = network.classes().size();
		final long[] labels = new long[256];
		for (int i = 0; i < data.size(); i++) {
			for (final byte label : data.labels(i))
				labels[label & 0xff]++;
			for (int label = 1; label < 256; label++)
				if (labels[label] > 0 && (classes == 1 ? label != MASK : label > classes)) throw new IllegalArgumentException(
					parameter + ": " + data.name(i) + " has the label " + label + ", but " + (classes == 1
						? "for one class labels are masks of 0 and 255" : "the network has " + classes + " classes") +
						". Use a network with the data's classes.");
		}
		final long[] pixels = new long[classes + 1];
		for (int i = 0; i <= classes; i++)
			pixels[i] = labels[classes == 1 && i == 1 ? MASK : i];
		if (Arrays.stream(pixels, 1, pixels.length).sum() == 0) throw new IllegalArgumentException(parameter +
			": the labels of all " + data.size() + " images are empty, so there is nothing to learn or to judge. Check them.");
		return pixels;
	}
}
