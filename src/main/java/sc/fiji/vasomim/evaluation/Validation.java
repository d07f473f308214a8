package sc.fiji.vasomim.evaluation;

import java.io.IOException;
import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.metrics.Dice;

/** The one score by which a training run chooses its best epoch: quick, since it is measured after every epoch. */
public final class Validation {

	private static final double THRESHOLD = 0.5;

	private Validation() {}

	/**
	 * The mean over images of {@link Dice#macro}: of one class its Dice, of several the mean over those of the image.
	 *
	 * @param data held-out images, at least one, with labels of the network's classes
	 * @return 0..1, as the first row of {@link Evaluation#summary} has it
	 * @throws CancellationException if it was stopped
	 */
	public static double dice(final Segmenter segmenter, final PixelCache data, final Progress progress)
		throws IOException
	{
		double sum = 0;
		for (int i = 0; i < data.size(); i++) {
			if (progress.isCanceled()) throw new CancellationException();
			sum += Dice.macro(segmenter.labels(plane(data, i, data.image(i)), THRESHOLD), plane(data, i, data.labels(i)));
		}
		return sum / data.size();
	}

	private static RandomAccessibleInterval<UnsignedByteType> plane(final PixelCache data, final int i,
		final byte[] pixels)
	{
		return ArrayImgs.unsignedBytes(pixels, data.width(i), data.height(i));
	}
}
