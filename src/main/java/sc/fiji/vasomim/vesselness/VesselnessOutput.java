package sc.fiji.vasomim.vesselness;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Where results go; all of the input's size, their origins may differ.
 *
 * @param response the vesselness. Frangi: 0..1; Sato: 0 and above, in grey values of the input
 * @param scale sigma of the largest response, 0 where nothing responds; null if not wanted
 * @param direction 2D only: the angle in radians, 0 up to below pi, from the x axis towards the y axis, along the
 *            vessel at that scale, 0 where nothing responds; null if not wanted
 */
public record VesselnessOutput(RandomAccessibleInterval<FloatType> response, RandomAccessibleInterval<FloatType> scale,
	RandomAccessibleInterval<FloatType> direction)
{

	public VesselnessOutput {
		if (response == null) throw new IllegalArgumentException("the response must be given, but is missing");
	}
}
