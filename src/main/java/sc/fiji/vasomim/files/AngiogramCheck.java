package sc.fiji.vasomim.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Says in words why an image can hardly be an angiogram. The bounds are far outside what 2,400 ARCADE and 40 DCA
 * frames show: at most 61 % of the pixels in two levels, a correlation of neighbours of at least .89.
 */
final class AngiogramCheck {

	private static final int MIN_SIDE = 64;
	private static final double MAX_TWO_LEVELS = .9;
	private static final double MIN_CORRELATION = .5;

	private AngiogramCheck() {}

	/** @param grey planes of 8-bit grey, one after the other */
	static List<String> warnings(final byte[] grey, final int width, final int height) {
		final List<String> warnings = new ArrayList<>();
		if (Math.min(width, height) < MIN_SIDE) {
			warnings.add("The image is " + width + " x " + height + " pixels: too small for an angiogram.");
		}
		final int[] histogram = new int[256];
		for (final byte value : grey) histogram[value & 0xff]++;
		int most = 0;
		int second = 0;
		for (final int count : histogram) {
			second = Math.max(second, Math.min(count, most));
			most = Math.max(count, most);
		}
		if (most == grey.length) warnings.add("The image is constant: there is nothing to see in it.");
		else if (most + second > MAX_TWO_LEVELS * grey.length) {
			warnings.add("The image has nearly two grey levels only: is it a mask?");
		}
		else if (correlation(grey, width) < MIN_CORRELATION) {
			warnings.add("Neighbouring pixels hardly resemble each other: the image looks like noise.");
		}
		return List.copyOf(warnings);
	}

	/** Pearson's correlation of each pixel with its right neighbour. */
	private static double correlation(final byte[] grey, final int width) {
		long sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
		for (int row = 0; row < grey.length; row += width) {
			for (int i = row; i + 1 < row + width; i++) {
				final int a = grey[i] & 0xff;
				final int b = grey[i + 1] & 0xff;
				sumA += a;
				sumB += b;
				sumAA += a * a;
				sumBB += b * b;
				sumAB += a * b;
			}
		}
		final double n = grey.length - grey.length / width;
		final double varianceA = n * sumAA - (double) sumA * sumA;
		final double varianceB = n * sumBB - (double) sumB * sumB;
		// Without variation along a row there is nothing noisy.
		return varianceA <= 0 || varianceB <= 0 ? 1 : (n * sumAB - (double) sumA * sumB) / Math.sqrt(varianceA *
			varianceB);
	}
}
