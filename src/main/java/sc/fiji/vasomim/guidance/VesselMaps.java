package sc.fiji.vasomim.guidance;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Where an image's vessels are, as the guidance sees it. All planes are S x S, the network's input size.
 *
 * @param image grey, 0..255
 * @param anatomy vascular mask B of the filter, 0 or 255
 * @param probability the segmentor's M, 0..1; null if there is no segmentor
 */
public record VesselMaps(RandomAccessibleInterval<UnsignedByteType> image,
	RandomAccessibleInterval<UnsignedByteType> anatomy, RandomAccessibleInterval<FloatType> probability)
{}
