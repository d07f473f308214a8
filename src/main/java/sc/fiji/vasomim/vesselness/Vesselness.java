package sc.fiji.vasomim.vesselness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * Multi-scale vesselness of images. The first two dimensions are the plane, or the first three the volume; further ones
 * (time, channel) are frames, each filtered by itself, but under one automatic c and one automatic polarity, so that a
 * run does not flicker.
 * Stateless; any number of threads may call it at once. Results do not depend on the executor.
 * <p>
 * Beyond the border the image is thought mirrored (half-sample), repeatedly if it is smaller than the kernel; a ramp at
 * the border then looks like a ridge, so crop a frame of some px where that matters. Beyond input and output it needs
 * three planes (volumes) of floats, times the threads if there are several frames.
 */
public final class Vesselness {

	private Vesselness() {}

	/**
	 * On one thread, for square pixels, into a new image.
	 *
	 * @return of the input's size, its origin at 0
	 */
	public static Img<FloatType> compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final VesselnessSettings settings)
	{
		final Img<FloatType> output = ArrayImgs.floats(input.dimensionsAsLongArray());
		compute(input, output, settings, TaskExecutors.singleThreaded());
		return output;
	}

	/** For square pixels: sigma in px. */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<FloatType> output, final VesselnessSettings settings,
		final TaskExecutor executor)
	{
		final double[] square = new double[settings.dimensions()];
		Arrays.fill(square, 1);
		compute(input, square, new VesselnessOutput(output, null, null), settings, executor);
	}

	/**
	 * @param input W x H (x D) or W x H (x D) x frames..., any real type, any origin; finite grey values
	 * @param pixelSize extent of a pixel in x, y (and z), in the unit of the settings' sigmas
	 * @param output receives the results; must not share pixels with the input
	 * @param settings filter, polarity and scales
	 * @param executor runs frames, or bands of rows or planes of a single one, in parallel
	 * @throws IllegalArgumentException if the input has too few dimensions, is empty or not finite, if an output's size
	 *             differs, or if a scale is too small or too large in px
	 */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input, final double[] pixelSize,
		final VesselnessOutput output, final VesselnessSettings settings, final TaskExecutor executor)
	{
		check(input, pixelSize, output, settings);
		final Polarity polarity = settings.polarity() == Polarity.AUTO ? polarity(input, pixelSize, output.response(),
			settings, executor) : settings.polarity();
		final Pass pass = new Pass(Frame.slice(input, output, settings.dimensions()), ScaleStep.plan(settings.sigmas(),
			pixelSize, settings.method()), polarity, executor);
		switch (settings.filter()) {
			case SATO -> pass.run(new SatoResponse(pass.both()), VolumeResponse::sato);
			case FRANGI -> {
				final double c = settings.c() > 0 ? settings.c() : structure(pass, output, settings);
				pass.run(new FrangiResponse(settings.beta(), c, pass.both()), VolumeResponse.frangi(settings.alpha(),
					settings.beta(), c));
			}
		}
	}

	/** The automatic c. */
	private static double structure(final Pass pass, final VesselnessOutput output, final VesselnessSettings settings) {
		pass.run(new StructureResponse(), VolumeResponse::structure);
		final double c = Quantile.of(output.response(), settings.cPercentile()) / 2;
		// A flat image has no structure: any c gives 0.
		return c > 0 ? c : 1;
	}

	/** Dark or bright, by the middle scale of all planes; volumes are taken plane by plane. */
	private static Polarity polarity(final RandomAccessibleInterval<? extends RealType<?>> input,
		final double[] pixelSize, final RandomAccessibleInterval<FloatType> scratch, final VesselnessSettings settings,
		final TaskExecutor executor)
	{
		final List<Double> sigmas = settings.sigmas();
		final double middle = Math.sqrt(sigmas.get(0) * sigmas.get(sigmas.size() - 1));
		final List<ScaleStep> steps = ScaleStep.plan(List.of(middle), Arrays.copyOf(pixelSize, 2), settings.method());
		final List<Frame> planes = Frame.slice(input, new VesselnessOutput(scratch, null, null), 2);
		final double[] evidence = new double[2];
		for (final Polarity polarity : List.of(Polarity.DARK, Polarity.BRIGHT)) {
			new Pass(planes, steps, polarity, executor).run(new RidgeLineResponse(), null);
			for (final FloatType pixel : Views.flatIterable(inner(scratch)))
				evidence[polarity.ordinal()] += pixel.get();
		}
		return evidence[0] >= evidence[1] ? Polarity.DARK : Polarity.BRIGHT;
	}

	/** Less a tenth at each side: the collimator's edges and the mirrored border look like ridges, and are strong. */
	private static RandomAccessibleInterval<FloatType> inner(final RandomAccessibleInterval<FloatType> image) {
		final long[] border = new long[image.numDimensions()];
		for (int axis = 0; axis < 2; axis++)
			border[axis] = -image.dimension(axis) / 10;
		return Views.interval(image, Intervals.expand(image, border));
	}

	/** All frames through all scales. */
	private record Pass(List<Frame> frames, List<ScaleStep> steps, Polarity polarity, TaskExecutor executor) {

		private boolean both() {
			return polarity == Polarity.BOTH;
		}

		private void run(final Response planes, final VolumeResponse volumes) {
			final float sign = polarity == Polarity.BRIGHT ? -1 : 1;
			final boolean flat = steps.get(0).smoothing().size() == 2;
			FrameFilter.run(frames, threads -> flat ? new MultiScale(frames.get(0), steps, sign, planes, threads)
				: new VolumeScale(frames.get(0), steps, sign, both() ? volumes.both() : volumes, threads), executor);
		}
	}

	private static void check(final RandomAccessibleInterval<?> input, final double[] pixelSize,
		final VesselnessOutput output, final VesselnessSettings settings)
	{
		final int dimensions = settings.dimensions();
		require(input.numDimensions() >= dimensions, "the input must have at least " + dimensions +
			" dimensions, but has " + input.numDimensions());
		require(!Intervals.isEmpty(input), "the input must have pixels, but is " + size(input));
		require(pixelSize.length == dimensions, "pixelSize must have " + dimensions + " values, but has " +
			pixelSize.length);
		require(dimensions == 2 || output.direction() == null, "direction is for dimensions 2 only: give none");
		for (final double extent : pixelSize)
			require(extent > 0 && extent < Double.POSITIVE_INFINITY, "pixelSize must be above 0, but is " + extent);
		settings.checkSigmas(pixelSize);
		require(output.response() != input, "the output must not be the input itself: give an image of its own");
		for (final Interval image : new Interval[] { output.response(), output.scale(), output.direction() })
			require(image == null || Intervals.equalDimensions(input, image),
				"the output must be of the input's size " + size(input) + ", but is " + (image == null ? "" : size(
					image)));
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	private static String size(final Interval image) {
		return Arrays.stream(image.dimensionsAsLongArray()).mapToObj(Long::toString).collect(Collectors.joining(
			" x "));
	}
}
