package sc.fiji.vasomim.guidance;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Where an image's patches should be hidden, and why. All planes are S x S, the network's input size.
 *
 * @param image grey, 0..255
 * @param anatomy vascular mask B, 0 or 255
 * @param probability the segmentor's M, 0..1
 * @param map co-guidance map G, 0..1 (equation 1)
 * @param grid patches per side
 * @param distribution probability of each patch in raster order (equation 2); all 0 where the map is empty
 */
public record PatchGuidance(RandomAccessibleInterval<UnsignedByteType> image,
	RandomAccessibleInterval<UnsignedByteType> anatomy, RandomAccessibleInterval<FloatType> probability,
	RandomAccessibleInterval<FloatType> map, int grid, float[] distribution)
{}
