package sc.fiji.vasomim.metrics;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.view.Views;

/**
 * Structural similarity (Wang et al., IEEE Trans Image Process 13:600, 2004) with the paper's Gaussian window of 11 x
 * 11 px, sigma 1.5, K1 = 0.01, K2 = 0.03. Equal to scikit-image's {@code structural_similarity} with
 * {@code gaussian_weights=True, sigma=1.5, use_sample_covariance=False}.
 */
public final class Ssim {

	private static final int RADIUS = 5;

	private static final double[] WINDOW = window(1.5);

	private Ssim() {}

	/**
	 * The mean over the pixels whose whole window lies in the image, as scikit-image's.
	 *
	 * @param range the difference of the largest and the smallest value that a pixel could have: 255 for 8-bit grey
	 * @return -1..1; 1 if the images are equal
	 * @throws IllegalArgumentException if the sizes differ, a side is below 11 px, or range is not above 0
	 */
	public static double of(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> reference, final double range)
	{
		final RandomAccessibleInterval<DoubleType> map = map(image, reference, range);
		for (int d = 0; d < 2; d++)
			if (map.dimension(d) <= 2 * RADIUS) throw new IllegalArgumentException("image: both sides must have at least " +
				(2 * RADIUS + 1) + " px, but one has " + map.dimension(d));
		double sum = 0;
		final RandomAccessibleInterval<DoubleType> inside = Views.interval(map, new long[] { RADIUS, RADIUS }, new long[] {
			map.max(0) - RADIUS, map.max(1) - RADIUS });
		for (final DoubleType value : Views.flatIterable(inside))
			sum += value.get();
		return sum / Views.flatIterable(inside).size();
	}

	/**
	 * The mean of {@link #map} over the pixels of a mask, those near the image's border too. A pixel's window reaches 5 px
	 * beyond the mask, where the images may be equal.
	 *
	 * @param mask of the images' size; every pixel other than 0 counts
	 * @throws IllegalArgumentException if the sizes differ, no pixel counts, or range is not above 0
	 */
	public static double of(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> reference,
		final RandomAccessibleInterval<? extends RealType<?>> mask, final double range)
	{
		Sizes.requireEqual("mask", mask, "reference", reference);
		final Cursor<? extends RealType<?>> m = Views.flatIterable(mask).cursor();
		double sum = 0;
		long n = 0;
		for (final DoubleType value : Views.flatIterable(map(image, reference, range))) {
			if (m.next().getRealDouble() == 0) continue;
			sum += value.get();
			n++;
		}
		if (n == 0) throw new IllegalArgumentException("mask: no pixel is set, so there is nothing to compare");
		return sum / n;
	}

	/**
	 * The similarity around each pixel; beyond the border, the images are mirrored, the border's pixels repeated.
	 *
	 * @param image W x H
	 * @param reference W x H
	 * @return W x H, -1..1
	 */
	public static RandomAccessibleInterval<DoubleType> map(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> reference, final double range)
	{
		if (!(range > 0)) throw new IllegalArgumentException("range: must be above 0, but is " + range);
		Sizes.requireEqual("image", image, "reference", reference);
		final int width = (int) image.dimension(0);
		final int height = (int) image.dimension(1);
		final double[] x = values(image);
		final double[] y = values(reference);
		final double[] meanX = smooth(x, width, height);
		final double[] meanY = smooth(y, width, height);
		final double[] meanXX = smooth(product(x, x), width, height);
		final double[] meanYY = smooth(product(y, y), width, height);
		final double[] meanXY = smooth(product(x, y), width, height);
		final double c1 = 0.01 * range * 0.01 * range;
		final double c2 = 0.03 * range * 0.03 * range;
		final double[] map = new double[x.length];
		for (int i = 0; i < map.length; i++) {
			final double squares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
			final double variances = meanXX[i] + meanYY[i] - squares;
			final double covariance = meanXY[i] - meanX[i] * meanY[i];
			map[i] = (2 * meanX[i] * meanY[i] + c1) * (2 * covariance + c2) / ((squares + c1) * (variances + c2));
		}
		return ArrayImgs.doubles(map, width, height);
	}

	private static double[] values(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final double[] values = new double[(int) (image.dimension(0) * image.dimension(1))];
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image).cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = cursor.next().getRealDouble();
		return values;
	}

	private static double[] product(final double[] a, final double[] b) {
		final double[] product = new double[a.length];
		for (int i = 0; i < a.length; i++)
			product[i] = a[i] * b[i];
		return product;
	}

	private static double[] smooth(final double[] values, final int width, final int height) {
		final double[] down = new double[values.length];
		for (int y = 0; y < height; y++)
			for (int k = -RADIUS; k <= RADIUS; k++) {
				final int row = mirror(y + k, height) * width;
				for (int x = 0; x < width; x++)
					down[y * width + x] += WINDOW[k + RADIUS] * values[row + x];
			}
		final double[] smooth = new double[values.length];
		for (int x = 0; x < width; x++)
			for (int k = -RADIUS; k <= RADIUS; k++) {
				final int column = mirror(x + k, width);
				for (int y = 0; y < height; y++)
					smooth[y * width + x] += WINDOW[k + RADIUS] * down[y * width + column];
			}
		return smooth;
	}

	private static int mirror(final int position, final int length) {
		final int turn = Math.floorMod(position, 2 * length);
		return turn < length ? turn : 2 * length - 1 - turn;
	}

	private static double[] window(final double sigma) {
		final double[] window = new double[2 * RADIUS + 1];
		double sum = 0;
		for (int i = 0; i < window.length; i++) {
			window[i] = Math.exp(-0.5 * (i - RADIUS) * (i - RADIUS) / (sigma * sigma));
			sum += window[i];
		}
		for (int i = 0; i < window.length; i++)
			window[i] /= sum;
		return window;
	}
}
