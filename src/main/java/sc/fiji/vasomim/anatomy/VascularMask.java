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
		return components(response, threshold(response, settings.percentile()), width, settings);
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

	/** At or above the percentile, and above 0: what does not respond is no vessel even if the percentile is 0. */
	private static boolean[] threshold(final float[] response, final double percentile) {
		final double threshold = Percentile.linear(response.clone(), percentile);
		final boolean[] foreground = new boolean[response.length];
		for (int i = 0; i < response.length; i++)
			foreground[i] = response[i] > 0 && response[i] >= threshold;
		return foreground;
	}

	private static boolean[] components(final float[] response, final boolean[] foreground, final int width,
		final VascularMaskSettings settings)
	{
		final ComponentRule rule = settings.rule();
		if (rule == ComponentRule.ALL) return foreground;
		final Components components = new Components(foreground, width, settings.connectivity());
		final boolean[] kept = new boolean[foreground.length];
		if (rule == ComponentRule.PUBLISHED_SEED) {
			keep(components, components.grow(firstMaximum(response)), kept);
			return kept;
		}
		int largest = 0;
		for (int seed = 0; seed < foreground.length; seed++) {
			final int size = components.grow(seed);
			if (rule == ComponentRule.AT_LEAST ? size < settings.minimumSize() : size <= largest) continue;
			if (rule == ComponentRule.LARGEST) Arrays.fill(kept, false);
			largest = size;
			keep(components, size, kept);
		}
		return kept;
	}

	private static void keep(final Components components, final int size, final boolean[] kept) {
		for (int i = 0; i < size; i++)
			kept[components.pixel(i)] = true;
	}

	private static int firstMaximum(final float[] response) {
		int best = 0;
		for (int i = 1; i < response.length; i++)
			if (response[i] > response[best]) best = i;
		return best;
	}
}
