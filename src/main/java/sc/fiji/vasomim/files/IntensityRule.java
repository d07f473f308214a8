package sc.fiji.vasomim.files;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * The one way from an image's values to the grey, 0..255 with dark vessels, that everything here works on. Eight-bit
 * values are left as they are. Others are scaled by the DICOM VOI window if there is one, else from the percentiles
 * 0.1 and 99.9 (linear between ranks) of all pixels of all frames, and rounded. Images whose largest values are shown
 * black are inverted, then those of bright vessels; other LUTs change nothing. Stateless; safe for use by several threads.
 *
 * @param polarity whether vessels are dark or bright, or AUTO to invert only what clearly has bright ones
 */
public record IntensityRule(Polarity polarity) {

	/** How vessels stand out; in X-ray angiograms they are dark unless subtracted images show them bright. */
	public enum Polarity {
		AUTO, DARK, BRIGHT
	}

	/**
	 * What was done, for the manifest.
	 *
	 * @param scaling {@code unchanged}, {@code window} or {@code percentiles}
	 * @param low the value that became 0 before inversion (of a sigmoid window: its lower edge)
	 * @param high the value that became 255 before inversion (its upper edge)
	 * @param palette whether the values were numbers of colours, which became grey
	 * @param inverted whether grey was replaced by 255 - grey
	 * @param warnings why this may be no angiogram; mostly empty
	 */
	public record Applied(String scaling, double low, double high, boolean palette, boolean inverted,
		List<String> warnings)
	{}

	/** @param image 0..255, dark vessels */
	public record Result(Img<UnsignedByteType> image, Applied applied) {

		/** The slices, W x H each. */
		public List<RandomAccessibleInterval<UnsignedByteType>> planes() {
			if (image.numDimensions() == 2) return List.of(image);
			return LongStream.range(0, image.dimension(2)).<RandomAccessibleInterval<UnsignedByteType>>mapToObj(i -> Views
				.hyperSlice(image, 2, i)).toList();
		}
	}

	private static final double LOW_PERCENTILE = .1;
	private static final double HIGH_PERCENTILE = 99.9;

	public IntensityRule {
		if (polarity == null) throw new IllegalArgumentException("polarity: must be AUTO, DARK or BRIGHT, but is null");
	}

	/**
	 * All slices of an image: X x Y if there is one, X x Y x N else. Colours become grey by {@link Grey}; calibrated
	 * values are used.
	 *
	 * @throws IllegalArgumentException if a pixel is NaN or infinite, or the image is empty or of 2^31 pixels or more
	 */
	public Result apply(final ImagePlus image) {
		final int width = image.getWidth();
		final int height = image.getHeight();
		final int n = image.getStackSize();
		if (n == 0 || width == 0) throw new IllegalArgumentException("image: is empty; open or name another");
		final long[] dimensions = n == 1 ? new long[] { width, height } : new long[] { width, height, n };
		if ((long) width * height * n > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException("image: has " + (long) width * height * n +
				" pixels in all its slices, above " + (Integer.MAX_VALUE - 8) + "; cut it into shorter runs");
		}
		if (image.getBitDepth() == 16) return scaleShorts(image, dimensions);
		final ImageStack stack = image.getStack();
		final boolean palette = Grey.isPalette(image);
		final boolean eightBit = image.getBitDepth() == 8 || image.getBitDepth() == 24;
		final byte[] grey = eightBit ? new byte[width * height * n] : null;
		final float[] values = eightBit ? null : new float[width * height * n];
		for (int i = 0; i < n; i++) {
			final ImageProcessor slice = stack.getProcessor(i + 1);
			final Object pixels = palette ? Grey.ofPalette(image, slice).getPixels() : slice instanceof ColorProcessor ? Grey.of(
				(ColorProcessor) slice).getPixels() : slice.getPixels();
			System.arraycopy(pixels, 0, eightBit ? grey : values, i * width * height, width * height);
		}
		final boolean invert = isShownInverted(image);
		return eightBit ? finish(grey, dimensions, invert, "unchanged", 0, 255, palette)
			: scale(values, dimensions, VoiWindow.of(image), invert);
	}

	/** As {@link #scale}, by a table of what becomes of each value. */
	private Result scaleShorts(final ImagePlus image, final long[] dimensions) {
		final ImageStack stack = image.getStack();
		final ValueCounts counts = new ValueCounts(stack);
		final float[] calibrated = image.getCalibration().getCTable();
		final float[] values = calibrated == null ? new float[1 << 16] : calibrated;
		for (int i = 0; i < values.length; i++) {
			if (calibrated == null) values[i] = i;
			if (counts.has(i) && !Float.isFinite(values[i])) throw notFinite("a pixel", values[i]);
		}
		final VoiWindow window = VoiWindow.of(image);
		final double[] range = window == null ? percentiles(counts.total(), counts.ranked(values))
			: new double[] { window.low(), window.high() };
		final byte[] table = new byte[values.length];
		for (int i = 0; i < table.length; i++) table[i] = window == null ? between(values[i], range[0], range[1])
			: byWindow(values[i], window);
		final byte[] grey = new byte[stack.getWidth() * stack.getHeight() * stack.size()];
		int at = 0;
		for (int slice = 1; slice <= stack.size(); slice++) {
			for (final short value : (short[]) stack.getPixels(slice)) grey[at++] = table[value & 0xffff];
		}
		return finish(grey, dimensions, isShownInverted(image), window == null ? "percentiles" : "window", range[0], range[1],
			false);
	}

	/** Whether an image's largest values are shown black: MONOCHROME1 of DICOM, or an inverting LUT of ImageJ. */
	public static boolean isShownInverted(final ImagePlus image) {
		if (VoiWindow.isMonochrome1(image)) return true;
		return image.getBitDepth() != 24 && !image.isComposite() && !Grey.isPalette(image) && image.isInvertedLut();
	}

	private Result scale(final float[] values, final long[] dimensions, final VoiWindow window,
		final boolean shownInverted)
	{
		for (int i = 0; i < values.length; i++) {
			if (!Float.isFinite(values[i])) {
				throw notFinite("pixel (" + i % dimensions[0] + ", " + i / dimensions[0] % dimensions[1] + ")", values[i]);
			}
		}
		final byte[] grey = new byte[values.length];
		if (window != null) {
			for (int i = 0; i < grey.length; i++) grey[i] = byWindow(values[i], window);
			return finish(grey, dimensions, shownInverted, "window", window.low(), window.high(), false);
		}
		final float[] sorted = values.clone();
		Arrays.parallelSort(sorted);
		final double[] range = percentiles(sorted.length, rank -> sorted[(int) rank]);
		for (int i = 0; i < grey.length; i++) grey[i] = between(values[i], range[0], range[1]);
		return finish(grey, dimensions, shownInverted, "percentiles", range[0], range[1], false);
	}

	private static byte byWindow(final float value, final VoiWindow window) {
		return (byte) Math.round(255 * window.grey(value));
	}

	private static byte between(final float value, final double low, final double high) {
		final double factor = high > low ? 255 / (high - low) : 0;
		return (byte) Math.max(0, Math.min(255, Math.round((value - low) * factor)));
	}

	private static IllegalArgumentException notFinite(final String which, final float value) {
		return new IllegalArgumentException("image: " + which + " is " + value +
			"; replace such pixels (ImageJ's Remove NaNs does) and try again");
	}

	private Result finish(final byte[] grey, final long[] dimensions, final boolean shownInverted, final String scaling,
		final double low, final double high, final boolean palette)
	{
		final int width = (int) dimensions[0];
		final int height = (int) dimensions[1];
		if (shownInverted) invert(grey);
		final boolean bright = polarity == Polarity.BRIGHT ||
			polarity == Polarity.AUTO && VesselPolarity.isBright(grey, width, height);
		if (bright) invert(grey);
		final List<String> warnings = AngiogramCheck.warnings(grey, width, height);
		return new Result(ArrayImgs.unsignedBytes(grey, dimensions),
			new Applied(scaling, low, high, palette, shownInverted != bright, warnings));
	}

	/** The low and the high one, linear between the two nearest ranks, as NumPy's default. */
	private static double[] percentiles(final long total, final LongToDoubleFunction ranked) {
		return DoubleStream.of(LOW_PERCENTILE, HIGH_PERCENTILE).map(percent -> {
			final double rank = percent * (total - 1) / 100;
			final double below = ranked.applyAsDouble((long) rank);
			final double above = ranked.applyAsDouble(Math.min((long) rank + 1, total - 1));
			return below + (rank - (long) rank) * (above - below);
		}).toArray();
	}

	private static void invert(final byte[] grey) {
		for (int i = 0; i < grey.length; i++) grey[i] = (byte) ~grey[i];
	}
}
