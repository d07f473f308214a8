package sc.fiji.vasomim.vesselness;

import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Where results go; all of the input's size, their origins may differ. They must not share pixels with one another or
 * with the input; what they held before does not matter.
 *
 * @param response the vesselness. Frangi: 0..1; Sato and tubeness: 0 and above, in grey values of the input
 * @param scale sigma of the largest response, in the unit of the settings' sigmas, 0 where nothing responds; null if
 *            not wanted
 * @param direction 2D only: the angle in radians, 0 up to below pi, from the x axis towards the y axis, along the
 *            vessel at that scale, in units of the pixel size; 0 where nothing responds; null if not wanted
 */
public record VesselnessOutput(RandomAccessibleInterval<FloatType> response, RandomAccessibleInterval<FloatType> scale,
	RandomAccessibleInterval<FloatType> direction)
{

	public VesselnessOutput {
		if (response == null) throw new IllegalArgumentException("the response must be given, but is missing");
	}

	/** Those that are wanted. */
	Stream<RandomAccessibleInterval<FloatType>> images() {
		return Stream.of(response, scale, direction).filter(Objects::nonNull);
	}

	/** @param view of an image; not asked for those that are not wanted */
	VesselnessOutput map(final UnaryOperator<RandomAccessibleInterval<FloatType>> view) {
		return new VesselnessOutput(view.apply(response), scale == null ? null : view.apply(scale), direction == null
			? null : view.apply(direction));
	}
}
