package sc.fiji.vasomim.evaluation;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** Which numbers labels may hold: 0 and 255 where there is one class; else 0, the background, to the number of classes. */
public final class ClassNumbers {

	private static final int MASK = 255;

	private ClassNumbers() {}

	/**
	 * @param parameter what the user calls the labels
	 * @param image whose labels they are, for the message
	 * @param classes how many there are beside the background
	 * @throws IllegalArgumentException naming the first label that is none of the classes
	 */
	public static void require(final String parameter, final String image,
		final RandomAccessibleInterval<UnsignedByteType> labels, final int classes)
	{
		for (final UnsignedByteType label : Views.iterable(labels))
			if (!isOne(label.get(), classes)) throw new IllegalArgumentException(parameter + ": labels of " + rule(classes) +
				", but " + image + " has " + label.get() + ". Choose labels, and a model, of the same classes.");
	}

	private static String rule(final int classes) {
		return classes == 1 ? "one class must be 0 or 255" : classes + " classes must lie in 0.." + classes;
	}

	private static boolean isOne(final int label, final int classes) {
		return classes == 1 ? label == 0 || label == MASK : label <= classes;
	}
}
