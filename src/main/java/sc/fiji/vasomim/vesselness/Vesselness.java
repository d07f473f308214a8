package sc.fiji.vasomim.vesselness;

import java.util.Arrays;
import java.util.stream.Collectors;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

/**
 * Multi-scale vesselness of 2D images. Stateless; any number of threads may call it at once. Beyond the border the
 * image is thought mirrored (half-sample), repeatedly if it is smaller than the kernel; a ramp at the border then looks
 * like a ridge, so crop a frame of some px where that matters.
 */
public final class Vesselness {

	private Vesselness() {}

	/**
	 * Allocates the output; else as {@link #compute(RandomAccessibleInterval, RandomAccessibleInterval,
	 * VesselnessSettings)}.
	 *
	 * @return W x H, its origin at 0
	 */
	public static Img<FloatType> compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final VesselnessSettings settings)
	{
		final Img<FloatType> output = ArrayImgs.floats(input.dimensionsAsLongArray());
		compute(input, output, settings);
		return output;
	}

	/**
	 * @param input W x H, any real type, any origin; finite grey values
	 * @param output W x H, receives the vesselness, its origin may differ; may be the input itself. Frangi: 0..1; Sato: 0
	 *            and above, in grey values of the input
	 * @param settings filter, polarity and scales
	 * @throws IllegalArgumentException if the input is not 2D, empty or not finite, or the output's size differs
	 */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<FloatType> output, final VesselnessSettings settings)
	{
		if (input.numDimensions() != 2) throw new IllegalArgumentException("the input must have 2 dimensions, but has " +
			input.numDimensions() + ": slice it first");
		if (Intervals.isEmpty(input)) throw new IllegalArgumentException("the input must have pixels, but is " + size(
			input));
		if (!Intervals.equalDimensions(input, output)) throw new IllegalArgumentException("the output must be of the " +
			"input's size " + size(input) + ", but is " + size(output));
		final Plane image = Plane.centred(input);
		maximumOverScales(image, settings, response(image, settings)).copyTo(output);
	}

	private static Response response(final Plane image, final VesselnessSettings settings) {
		if (settings.filter() == VesselnessFilter.SATO) return new SatoResponse();
		final double c = settings.c() > 0 ? settings.c() : largest(maximumOverScales(image, settings,
			new StructureResponse())) / 2;
		// A flat image has no structure: any c gives 0.
		return new FrangiResponse(settings.beta(), c > 0 ? c : 1);
	}

	private static Plane maximumOverScales(final Plane image, final VesselnessSettings settings,
		final Response response)
	{
		final Plane result = new Plane(image.width, image.height);
		final float[] row = new float[image.width];
		for (final double sigma : settings.sigmas()) {
			final double sign = settings.polarity() == Polarity.DARK ? 1 : -1;
			final Hessian hessian = Hessian.of(image, kernels(sigma, settings.method()), sign * sigma * sigma);
			for (int y = 0; y < image.height; y++) {
				response.of(hessian.xx().rows[y], hessian.xy().rows[y], hessian.yy().rows[y], row, image.width);
				keepLarger(row, result.rows[y], image.width);
			}
		}
		return result;
	}

	private static GaussianKernels kernels(final double sigma, final HessianMethod method) {
		return method == HessianMethod.DIRECT ? GaussianKernels.exact(sigma) : GaussianKernels.scikitImage(sigma);
	}

	private static void keepLarger(final float[] row, final float[] out, final int n) {
		for (int x = 0; x < n; x++)
			out[x] = Math.max(out[x], row[x]);
	}

	private static float largest(final Plane plane) {
		float max = 0;
		for (final float[] row : plane.rows)
			for (int x = 0; x < plane.width; x++)
				max = Math.max(max, row[x]);
		return max;
	}

	private static String size(final RandomAccessibleInterval<?> image) {
		return Arrays.stream(image.dimensionsAsLongArray()).mapToObj(Long::toString).collect(Collectors.joining(" x "));
	}
}
