package sc.fiji.vasomim.guidance;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Where an image's patches should be hidden.
 *
 * @param map co-guidance map G, W x H, 0..1 (equation 1)
 * @param distribution probability of each patch in raster order (equation 2); all 0 where the map is empty
 */
public record PatchGuidance(RandomAccessibleInterval<FloatType> map, float[] distribution) {}
