package sc.fiji.vasomim.metrics;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Peak signal-to-noise ratio in dB: 10 log10(peak^2 / mean squared difference). */
public final class Psnr {

	private Psnr() {}

	/**
	 * Over all pixels.
	 *
	 * @param peak the largest value that a pixel could have: 255 for 8-bit grey
	 * @return positive infinity if the images are equal
	 * @throws IllegalArgumentException if the sizes differ, an image is empty, or peak is not above 0
	 */
	public static double of(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> reference, final double peak)
	{
		return of(image, reference, null, peak);
	}

	/**
	 * Over the pixels of a mask.
	 *
	 * @param mask of the images' size; every pixel other than 0 counts. Null for all
	 * @param peak the largest value that a pixel could have: 255 for 8-bit grey
	 * @return positive infinity if the images are equal there
	 * @throws IllegalArgumentException if the sizes differ, no pixel counts, or peak is not above 0
	 */
	public static double of(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> reference,
		final RandomAccessibleInterval<? extends RealType<?>> mask, final double peak)
	{
		if (!(peak > 0)) throw new IllegalArgumentException("peak: must be above 0, but is " + peak);
		Sizes.requireEqual("image", image, "reference", reference);
		if (mask != null) Sizes.requireEqual("mask", mask, "reference", reference);
		final Cursor<? extends RealType<?>> b = Views.flatIterable(reference).cursor();
		final Cursor<? extends RealType<?>> m = mask == null ? null : Views.flatIterable(mask).cursor();
		double sum = 0;
		long n = 0;
		for (final RealType<?> a : Views.flatIterable(image)) {
			final double difference = a.getRealDouble() - b.next().getRealDouble();
			if (m != null && m.next().getRealDouble() == 0) continue;
			sum += difference * difference;
			n++;
		}
		if (n == 0) throw new IllegalArgumentException("mask: no pixel is set, so there is nothing to compare");
		return 10 * Math.log10(peak * peak / (sum / n));
	}
}
