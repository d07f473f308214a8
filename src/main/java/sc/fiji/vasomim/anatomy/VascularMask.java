package sc.fiji.vasomim.anatomy;

import java.util.Arrays;
import java.util.stream.LongStream;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.vasomim.vesselness.Vesselness;

/**
 * Masks of the vascular tree in angiograms: vesselness, frame, percentile, components. The first two dimensions are the
 * plane; each further position is a frame with its own percentile. Stateless; any number of threads may call it at
 * once. Results do not depend on the executor.
 */
public final class VascularMask {

	private static final int INSIDE = 255;

	private VascularMask() {}

	/**
	 * On one thread, into a new image.
	 *
	 * @return of the input's size, 0 or 255, its origin at 0
	 */
	public static Img<UnsignedByteType> compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final VascularMaskSettings settings)
	{
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(input.dimensionsAsLongArray());
		compute(input, mask, settings, TaskExecutors.singleThreaded());
		return mask;
	}

	/**
	 * @param input W x H or W x H x frames..., any real type; finite grey values, 0..255 for
	 *            {@link VascularMaskSettings#VASOMIM}
	 * @param mask of the input's size, receives 255 in vessels and 0 elsewhere; all 0 if nothing responds
	 * @throws IllegalArgumentException if the input is not at least 2D, empty or not finite, or the mask's size differs
	 */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<UnsignedByteType> mask, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		final Img<FloatType> vesselness = ArrayImgs.floats(input.dimensionsAsLongArray());
		Vesselness.compute(input, vesselness, settings.vesselness(), executor);
		threshold(vesselness, mask, settings, executor);
	}

	/**
	 * The steps after the filter, for those who keep its result, as a preview does.
	 *
	 * @param vesselness W x H or W x H x frames..., not negative; is not changed
	 * @param mask of that size, receives 255 in vessels and 0 elsewhere
	 * @throws IllegalArgumentException if the mask's size differs
	 */
	public static void threshold(final RandomAccessibleInterval<FloatType> vesselness,
		final RandomAccessibleInterval<UnsignedByteType> mask, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		if (!Intervals.equalDimensions(vesselness, mask)) throw new IllegalArgumentException(
			"the mask must be of the input's size " + Arrays.toString(vesselness.dimensionsAsLongArray()) +
				", but is " + Arrays.toString(mask.dimensionsAsLongArray()));
		final int last = vesselness.numDimensions() - 1;
		if (last < 2) thresholdPlane(vesselness, mask, settings);
		else executor.forEach(LongStream.range(0, mask.dimension(last)).boxed().toList(), i -> threshold(
			Views.hyperSlice(vesselness, last, vesselness.min(last) + i), Views.hyperSlice(mask, last, mask.min(last) +
				i), settings, TaskExecutors.singleThreaded()));
	}

	private static void thresholdPlane(final RandomAccessibleInterval<FloatType> vesselness,
		final RandomAccessibleInterval<UnsignedByteType> mask, final VascularMaskSettings settings)
	{
		final Cursor<FloatType> from = Views.flatIterable(vesselness).cursor();
		final float[] response = new float[(int) Views.flatIterable(vesselness).size()];
		for (int i = 0; i < response.length; i++)
			response[i] = from.next().get();
		final boolean[] inside = of(response, (int) vesselness.dimension(0), settings);
		final Cursor<UnsignedByteType> to = Views.flatIterable(mask).cursor();
		for (final boolean pixel : inside)
			to.next().set(pixel ? INSIDE : 0);
	}

	/** @param response vesselness in row order; is changed */
	static boolean[] of(final float[] response, final int width, final VascularMaskSettings settings) {
		if (settings.truncate()) truncate(response);
		clearFrame(response, width, settings.frame());
		return components(response, width, settings);
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

	private static boolean[] components(final float[] response, final int width,
		final VascularMaskSettings settings)
	{
		final float[] values = response.clone();
		final double threshold = Percentile.linear(values, settings.percentile());
		final double strong = settings.strongPercentile() > settings.percentile() ? Percentile.linear(values, settings
			.strongPercentile()) : threshold;
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
