package sc.fiji.vasomim.anatomy;

import java.util.Arrays;
import java.util.stream.LongStream;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.BooleanType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.vasomim.vesselness.Percentile;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessOutput;

/**
 * Masks of the vascular tree in angiograms: vesselness, frame, percentile, components (docs/vesselness.md).
 * <ul>
 * <li>Layout: the first two dimensions are the plane; each further position is a frame with its own percentile and
 * components.</li>
 * <li>Border: the filter sees the image mirrored, which makes false ridges; the settings' frame is kept free of
 * vessels.</li>
 * <li>Threads: stateless; any number may call at once. The caller owns the executor. Results do not depend on it, on
 * the input's origin, or on its type where that holds the same values.</li>
 * <li>Range: 0 or 255. A constant image gives 0.</li>
 * <li>Memory: beyond input and mask, the vesselness of all frames as floats, for the filter's automatic c is that of all
 * of them; what {@link Vesselness} needs; and three times a frame's floats a thread.</li>
 * <li>Aliasing: the input is only read, and must share no pixels with the mask. After an exception the mask holds
 * anything.</li>
 * </ul>
 */
public final class VascularMask {

	private static final int INSIDE = 255;

	private VascularMask() {}

	/**
	 * On one thread, into a new image.
	 *
	 * @return of the input's size, 0 or 255, its origin at 0
	 * @throws IllegalArgumentException if the input is not at least 2D, empty or not finite
	 */
	public static Img<UnsignedByteType> compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final VascularMaskSettings settings)
	{
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(input.dimensionsAsLongArray());
		compute(input, mask, settings, TaskExecutors.singleThreaded());
		return mask;
	}

	/** Everywhere: without a region. */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<UnsignedByteType> mask, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		compute(input, mask, null, settings, executor);
	}

	/**
	 * @param input W x H or W x H x frames..., any real type, any origin; finite grey values, 0..255 for
	 *            {@link VascularMaskSettings#VASOMIM}
	 * @param mask of the input's size, any origin; receives 255 in vessels and 0 elsewhere; all 0 if nothing responds
	 * @param region W x H, any origin, the same for all frames: vessels are sought where it is true. The filter sees the
	 *            pixels around it, so that its edge is no ridge; percentiles and the filter's automatic c are those of its
	 *            own pixels, unless {@link VascularMaskSettings#regionCutsMask}. Null for everywhere
	 * @param executor runs frames, or bands of rows of a single one, in parallel
	 * @throws IllegalArgumentException if the input is not at least 2D, empty or not finite, if the mask's or the region's
	 *             size differs, or if the region is empty
	 */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<UnsignedByteType> mask,
		final RandomAccessibleInterval<? extends BooleanType<?>> region, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		final Img<FloatType> vesselness = ArrayImgs.floats(input.dimensionsAsLongArray());
		vesselness(input, vesselness, region, settings, executor);
		threshold(vesselness, mask, region, settings, executor);
	}

	/**
	 * The filter alone, the costly part of {@link #compute}, for those who keep its result, as a preview does;
	 * {@link #threshold} does the rest. Of the settings {@link VascularMaskSettings#vesselness} and
	 * {@link VascularMaskSettings#regionCutsMask} matter.
	 *
	 * @param vesselness of the input's size, any origin; receives the response
	 * @param region as for {@link #compute}
	 * @throws IllegalArgumentException as {@link #compute}
	 */
	public static void vesselness(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<FloatType> vesselness,
		final RandomAccessibleInterval<? extends BooleanType<?>> region, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		Vesselness.compute(input, new double[] { 1, 1 }, new VesselnessOutput(vesselness, null, null), settings
			.regionCutsMask() ? null : region, settings.vesselness(), executor);
	}

	/** Everywhere: without a region. */
	public static void threshold(final RandomAccessibleInterval<FloatType> vesselness,
		final RandomAccessibleInterval<UnsignedByteType> mask, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		threshold(vesselness, mask, null, settings, executor);
	}

	/**
	 * The steps after the filter. Of the settings all but {@link VascularMaskSettings#vesselness} matter.
	 *
	 * @param vesselness W x H or W x H x frames..., any origin, not negative; is not changed
	 * @param mask of that size, any origin; receives 255 in vessels and 0 elsewhere
	 * @param region W x H, any origin, the same for all frames: only pixels where it is true count, or, if
	 *            {@link VascularMaskSettings#regionCutsMask}, only they are kept; null for everywhere
	 * @param executor runs frames in parallel
	 * @throws IllegalArgumentException if the mask's or the region's size differs, or if the region is empty
	 */
	public static void threshold(final RandomAccessibleInterval<FloatType> vesselness,
		final RandomAccessibleInterval<UnsignedByteType> mask,
		final RandomAccessibleInterval<? extends BooleanType<?>> region, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		require(Intervals.equalDimensions(vesselness, mask), "the mask must be of the input's size", vesselness, mask);
		final boolean[] inside = region == null ? null : flags(region, vesselness);
		final int last = vesselness.numDimensions() - 1;
		if (last < 2) thresholdPlane(vesselness, mask, inside, settings);
		else executor.forEach(LongStream.range(0, mask.dimension(last)).boxed().toList(), i -> threshold(
			Views.hyperSlice(vesselness, last, vesselness.min(last) + i), Views.hyperSlice(mask, last, mask.min(last) +
				i), region, settings, TaskExecutors.singleThreaded()));
	}

	private static boolean[] flags(final RandomAccessibleInterval<? extends BooleanType<?>> region,
		final Interval image)
	{
		final Interval plane = new FinalInterval(image.dimension(0), image.dimension(1));
		require(Intervals.equalDimensions(plane, region), "the region must be of the size of a plane", plane, region);
		final boolean[] flags = new boolean[(int) Intervals.numElements(region)];
		int i = 0, count = 0;
		for (final BooleanType<?> pixel : Views.flatIterable(region)) {
			flags[i++] = pixel.get();
			if (pixel.get()) count++;
		}
		if (count == 0) throw new IllegalArgumentException("the region must hold a pixel or more, but is empty");
		return flags;
	}

	private static void require(final boolean condition, final String what, final Interval size, final Interval seen) {
		if (!condition) throw new IllegalArgumentException(what + " " + Arrays.toString(size.dimensionsAsLongArray()) +
			", but is " + Arrays.toString(seen.dimensionsAsLongArray()));
	}

	private static void thresholdPlane(final RandomAccessibleInterval<FloatType> vesselness,
		final RandomAccessibleInterval<UnsignedByteType> mask, final boolean[] inside, final VascularMaskSettings settings)
	{
		final Cursor<FloatType> from = Views.flatIterable(vesselness).cursor();
		final float[] response = new float[(int) Views.flatIterable(vesselness).size()];
		for (int i = 0; i < response.length; i++)
			response[i] = from.next().get();
		final boolean[] vessels = of(response, inside, (int) vesselness.dimension(0), settings);
		final Cursor<UnsignedByteType> to = Views.flatIterable(mask).cursor();
		for (final boolean vessel : vessels)
			to.next().set(vessel ? INSIDE : 0);
	}

	/**
	 * @param response vesselness in row order; is changed
	 * @param inside which pixels count; null for all
	 */
	static boolean[] of(final float[] response, final boolean[] inside, final int width,
		final VascularMaskSettings settings)
	{
		if (settings.truncate()) truncate(response);
		clearFrame(response, width, settings.frame());
		final boolean whole = inside == null || settings.regionCutsMask();
		final int count = whole ? response.length : clearOutside(response, inside);
		final boolean[] kept = components(response, count, width, settings);
		if (inside != null) for (int i = 0; i < kept.length; i++)
			kept[i] &= inside[i];
		return kept;
	}

	/** @return how many pixels are inside */
	private static int clearOutside(final float[] response, final boolean[] inside) {
		int count = 0;
		for (int i = 0; i < response.length; i++)
			if (inside[i]) count++;
			else response[i] = 0;
		return count;
	}

	private static void truncate(final float[] response) {
		for (int i = 0; i < response.length; i++)
			response[i] = (int) Math.min(response[i], 255);
	}

	static void clearFrame(final float[] response, final int width, final int frame) {
		final int height = response.length / width;
		for (int y = 0; y < height; y++) {
			final boolean whole = y < frame || y >= height - frame || 2 * frame >= width;
			final int from = y * width, to = from + width;
			Arrays.fill(response, from, whole ? to : from + frame, 0);
			if (!whole) Arrays.fill(response, to - frame, to, 0);
		}
	}

	/** @param count the percentiles are those of so many of the largest responses */
	private static boolean[] components(final float[] response, final int count, final int width,
		final VascularMaskSettings settings)
	{
		final double[] found = Percentile.of(ArrayImgs.floats(response, response.length), count, settings.percentile(),
			settings.strongPercentile());
		final double threshold = found[0], strong = found[1];
		final boolean[] foreground = new boolean[response.length];
		// Above 0 too: what does not respond is no vessel even if the percentile is 0.
		for (int i = 0; i < response.length; i++)
			foreground[i] = response[i] > 0 && response[i] >= threshold;
		final Components components = new Components(foreground, width, settings.connectivity());
		final boolean[] kept = new boolean[foreground.length];
		if (settings.rule() == ComponentRule.PUBLISHED_SEED) {
			keep(components.grow(firstMaximum(response)), kept);
			return kept;
		}
		int[] largest = {};
		for (int seed = 0; seed < foreground.length; seed++) {
			if (!foreground[seed]) continue;
			final int[] component = components.grow(seed);
			if (Arrays.stream(component).noneMatch(pixel -> response[pixel] >= strong)) continue;
			if (component.length > largest.length) largest = component;
			if (settings.rule() == ComponentRule.ALL || settings.rule() == ComponentRule.AT_LEAST && component.length >=
				settings.minimumSize()) keep(component, kept);
		}
		if (settings.rule() == ComponentRule.LARGEST) keep(largest, kept);
		return kept;
	}

	private static void keep(final int[] component, final boolean[] kept) {
		for (final int pixel : component)
			kept[pixel] = true;
	}

	private static int firstMaximum(final float[] response) {
		int best = 0;
		for (int i = 1; i < response.length; i++)
			if (response[i] > response[best]) best = i;
		return best;
	}
}
