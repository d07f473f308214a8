package sc.fiji.vasomim.vesselness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.BooleanType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * Multi-scale vesselness of images: Frangi et al., MICCAI 1998, equations 13 and 15, or another
 * {@link VesselnessFilter}.
 * <ul>
 * <li>Layout: the first two dimensions are the plane, or the first three the volume; further ones (time, channel) are
 * frames, each filtered by itself, but under one automatic c and one automatic polarity, so that a run does not
 * flicker.</li>
 * <li>Border: the image is thought mirrored (half-sample), repeatedly if it is smaller than the kernel; a ramp at the
 * border then looks like a ridge, so crop a frame of some px where that matters.</li>
 * <li>Threads: stateless; any number may call at once. The caller owns the executor. Results do not depend, to the bit,
 * on its threads, on the input's origin, or on its type where that holds the same values.</li>
 * <li>Range: 32-bit float arithmetic, responses of at least 0; see {@link VesselnessOutput}. A constant image gives
 * 0.</li>
 * <li>Aliasing: the input is only read, and must share no pixels with an output. After an exception the outputs hold
 * anything.</li>
 * <li>Memory: beyond input and output, three planes (volumes) of floats, one more each for scale and direction; so much
 * a thread if there are several frames.</li>
 * </ul>
 */
public final class Vesselness {

	/** Of the largest Hessian norm: what is no structure. */
	private static final double FLAT = 1e-4;

	private Vesselness() {}

	/**
	 * On one thread, for square pixels, into a new image.
	 *
	 * @return of the input's size, its origin at 0
	 * @throws IllegalArgumentException as {@link #compute(RandomAccessibleInterval, double[], VesselnessOutput,
	 *             RandomAccessibleInterval, VesselnessSettings, TaskExecutor)}
	 */
	public static Img<FloatType> compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final VesselnessSettings settings)
	{
		final Img<FloatType> output = ArrayImgs.floats(input.dimensionsAsLongArray());
		compute(input, output, settings, TaskExecutors.singleThreaded());
		return output;
	}

	/**
	 * For square pixels: sigma in px.
	 *
	 * @param output of the input's size, any origin; receives the response
	 * @throws IllegalArgumentException as {@link #compute(RandomAccessibleInterval, double[], VesselnessOutput,
	 *             RandomAccessibleInterval, VesselnessSettings, TaskExecutor)}
	 */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<FloatType> output, final VesselnessSettings settings,
		final TaskExecutor executor)
	{
		final double[] square = new double[settings.dimensions()];
		Arrays.fill(square, 1);
		compute(input, square, new VesselnessOutput(output, null, null), settings, executor);
	}

	/** Everywhere: without a region. */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input, final double[] pixelSize,
		final VesselnessOutput output, final VesselnessSettings settings, final TaskExecutor executor)
	{
		compute(input, pixelSize, output, null, settings, executor);
	}

	/**
	 * @param input W x H (x D) or W x H (x D) x frames..., any real type, any origin; finite grey values
	 * @param pixelSize extent of a pixel in x, y (and z), in the unit of the settings' sigmas
	 * @param output receives the results; must not share pixels with the input
	 * @param region W x H (x D), any origin, the same for all frames: where it is true results are wanted, elsewhere they
	 *            are 0. The filter sees the pixels around it, so that its edge is no ridge, but the automatic c and
	 *            polarity are those of its own pixels. What no kernel reads is not looked at, which saves time. Results
	 *            are those of the whole image but for float rounding (1e-6 of the grey range). Null for everywhere
	 * @param settings filter, polarity and scales
	 * @param executor runs frames, or bands of rows or planes of a single one, in parallel
	 * @throws IllegalArgumentException if the input has too few dimensions, is empty or not finite, if an output's or the
	 *             region's size differs, if the region is empty, if a direction is asked of volumes, or if a scale is
	 *             too small or too large in px
	 */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input, final double[] pixelSize,
		final VesselnessOutput output, final RandomAccessibleInterval<? extends BooleanType<?>> region,
		final VesselnessSettings settings, final TaskExecutor executor)
	{
		check(input, pixelSize, output, region, settings);
		final List<ScaleStep> steps = ScaleStep.plan(settings.sigmas(), pixelSize, settings.method());
		if (region == null) {
			filter(input, pixelSize, output, null, settings, steps, executor);
			return;
		}
		final Region inside = new Region(region);
		final Interval part = inside.read(steps);
		filter(Region.crop(input, part), pixelSize, output.map(image -> Region.crop(image, part)), inside.of(part), settings,
			steps, executor);
		output.images().forEach(inside::clearOutside);
	}

	private static void filter(final RandomAccessibleInterval<? extends RealType<?>> input, final double[] pixelSize,
		final VesselnessOutput output, final Region region, final VesselnessSettings settings, final List<ScaleStep> steps,
		final TaskExecutor executor)
	{
		final Polarity polarity = settings.polarity() == Polarity.AUTO ? polarity(input, pixelSize, output.response(),
			region, settings, executor) : settings.polarity();
		final Pass pass = new Pass(Frame.slice(input, output, settings.dimensions()), steps, polarity, executor);
		switch (settings.filter()) {
			case SATO -> pass.run(new SatoResponse(pass.both()), VolumeResponse::sato);
			case TUBENESS -> pass.run(new TubenessResponse(pass.both()), TubenessResponse::volume);
			case FRANGI -> {
				final double c = settings.c() > 0 ? settings.c() : structure(pass, output.response(), region, settings);
				pass.run(new FrangiResponse(settings.beta(), c, pass.both()), VolumeResponse.frangi(settings.alpha(),
					settings.beta(), c));
			}
		}
	}

	/** The automatic c. */
	private static double structure(final Pass pass, final RandomAccessibleInterval<FloatType> scratch,
		final Region region, final VesselnessSettings settings)
	{
		pass.run(new StructureResponse(), VolumeResponse::structure);
		if (region != null) region.clearOutside(scratch);
		final long count = region == null ? Intervals.numElements(scratch) : region.count(scratch);
		final double[] found = Percentile.of(scratch, count, settings.cPercentile(), 100);
		// Nearly all is flat: such a percentile is of what float rounding makes there, up to 3e-5 of the largest.
		final double structure = found[0] > FLAT * found[1] ? found[0] : found[1];
		// A constant image has no structure: any c gives 0.
		return structure > 0 ? structure / 2 : 1;
	}

	/** Dark or bright, by the middle scale of all planes; volumes are taken plane by plane. */
	private static Polarity polarity(final RandomAccessibleInterval<? extends RealType<?>> input,
		final double[] pixelSize, final RandomAccessibleInterval<FloatType> scratch, final Region region,
		final VesselnessSettings settings, final TaskExecutor executor)
	{
		final List<Double> sigmas = settings.sigmas();
		final double middle = Math.sqrt(sigmas.get(0) * sigmas.get(sigmas.size() - 1));
		final List<ScaleStep> steps = ScaleStep.plan(List.of(middle), Arrays.copyOf(pixelSize, 2), settings.method());
		final List<Frame> planes = Frame.slice(input, new VesselnessOutput(scratch, null, null), 2);
		final double[] evidence = new double[2];
		for (final Polarity polarity : List.of(Polarity.DARK, Polarity.BRIGHT)) {
			new Pass(planes, steps, polarity, executor).run(new RidgeLineResponse(), null);
			if (region != null) region.clearOutside(scratch);
			for (final FloatType pixel : Views.flatIterable(region == null ? inner(scratch) : scratch))
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
			final boolean flat = steps.get(0).smoothing().size() == 2;
			FrameFilter.run(frames, threads -> flat ? new MultiScale(frames.get(0), steps, polarity, planes, threads)
				: new VolumeScale(frames.get(0), steps, polarity.sign(), both() ? volumes.both() : volumes, threads), executor);
		}
	}

	private static void check(final RandomAccessibleInterval<?> input, final double[] pixelSize,
		final VesselnessOutput output, final Interval region, final VesselnessSettings settings)
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
		final long[] frame = Arrays.copyOf(input.dimensionsAsLongArray(), dimensions);
		require(region == null || Arrays.equals(frame, region.dimensionsAsLongArray()),
			"the region must be of the size of a frame, " + size(new FinalInterval(frame)) + ", but is " + (region == null
				? "" : size(region)));
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}

	private static String size(final Interval image) {
		return Arrays.stream(image.dimensionsAsLongArray()).mapToObj(Long::toString).collect(Collectors.joining(
			" x "));
	}
}
