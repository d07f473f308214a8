package sc.fiji.vasomim.evaluation;

import java.io.IOException;
import java.util.function.Consumer;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.dataset.Sample;

/** Where the labels come from that are judged. */
@FunctionalInterface
public interface Predictions {

	/**
	 * @param sample its truth is not to be looked at
	 * @param image the sample's, W x H, one plane
	 * @return W x H: 0 and 255 of one class, else class numbers
	 * @throws IllegalArgumentException if there are labels, but not of this size
	 */
	RandomAccessibleInterval<UnsignedByteType> of(Sample sample, ImagePlus image) throws IOException;

	/** What was odd about the images so far; mostly nothing. */
	default void tell(final Consumer<String> log) {}
}
