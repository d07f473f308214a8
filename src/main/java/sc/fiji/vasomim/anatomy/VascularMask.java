package sc.fiji.vasomim.anatomy;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.vasomim.vesselness.Vesselness;

/**
 * The mask of the vascular tree of one angiogram: vesselness, frame, percentile, components. Stateless; any number of
 * threads may call it at once.
 */
public final class VascularMask {

	private static final int INSIDE = 255;

	private VascularMask() {}

	/**
	 * Allocates the mask; else as {@link #compute(RandomAccessibleInterval, RandomAccessibleInterval,
	 * VascularMaskSettings)}.
	 *
	 * @return W x H, 0 or 255, its origin at 0
	 */
	public static Img<UnsignedByteType> compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final VascularMaskSettings settings)
	{
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(input.dimensionsAsLongArray());
		compute(input, mask, settings);
		return mask;
	}

	/**
	 * @param input W x H, any real type; finite grey values, 0..255 for {@link VascularMaskSettings#VASOMIM}
	 * @param mask W x H, receives 255 in vessels and 0 elsewhere; all 0 if nothing responds
	 * @throws IllegalArgumentException if the input is not 2D, empty or not finite, or the mask's size differs
	 */
	public static void compute(final RandomAccessibleInterval<? extends RealType<?>> input,
		final RandomAccessibleInterval<UnsignedByteType> mask, final VascularMaskSettings settings)
	{
		if (!Intervals.equalDimensions(input, mask)) throw new IllegalArgumentException("the mask must be of the " +
			"input's size " + Arrays.toString(input.dimensionsAsLongArray()) + ", but is " + Arrays.toString(mask
				.dimensionsAsLongArray()));
		final ArrayImg<FloatType, FloatArray> vesselness = ArrayImgs.floats(input.dimensionsAsLongArray());
		Vesselness.compute(input, vesselness, settings.vesselness(), TaskExecutors.singleThreaded());
		final boolean[] inside = of(vesselness.update(null).getCurrentStorageArray(), (int) input.dimension(0), settings);
		final Cursor<UnsignedByteType> cursor = Views.flatIterable(mask).cursor();
		for (final boolean pixel : inside)
			cursor.next().set(pixel ? INSIDE : 0);
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
		final boolean[] foreground = atLeast(response, Percentile.linear(values, settings.percentile()));
		final boolean[] strong = atLeast(response, Percentile.linear(values, settings.strongPercentile()));
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
			if (Arrays.stream(component).noneMatch(pixel -> strong[pixel])) continue;
			if (component.length > largest.length) largest = component;
			if (settings.rule() == ComponentRule.ALL || settings.rule() == ComponentRule.AT_LEAST && component.length >=
				settings.minimumSize()) keep(component, kept);
		}
		if (settings.rule() == ComponentRule.LARGEST) keep(largest, kept);
		return kept;
	}

	/** And above 0: what does not respond is no vessel even if the percentile is 0. */
	private static boolean[] atLeast(final float[] response, final double threshold) {
		final boolean[] result = new boolean[response.length];
		for (int i = 0; i < response.length; i++)
			result[i] = response[i] > 0 && response[i] >= threshold;
		return result;
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
