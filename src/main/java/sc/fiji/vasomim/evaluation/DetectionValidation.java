package sc.fiji.vasomim.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxedImage;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.metrics.DetectionEvaluation;
import sc.fiji.vasomim.metrics.DetectionScores;

/** The scores by which the training of a detector chooses its best epoch. */
public final class DetectionValidation {

	private DetectionValidation() {}

	/**
	 * COCO's average precision over all images, meaned over the classes.
	 *
	 * @param data held-out images, at least one with a box to find, of the detector's classes
	 * @return {@code val_map}, {@code val_map50} and {@code val_map75}, 0..1, in this order
	 * @throws CancellationException if it was stopped
	 */
	public static Map<String, Double> scores(final Detector detector, final BoxedImages data,
		final Progress progress)
	{
		final DetectionEvaluation evaluation = new DetectionEvaluation();
		for (final BoxedImage image : data.images()) {
			if (progress.isCanceled()) throw new CancellationException();
			evaluation.add(image.boxes(), detector.detect(ArrayImgs.unsignedBytes(image.pixels(), image.width(), image
				.height()), Detector.LEAST_SCORE));
		}
		final DetectionScores mean = evaluation.mean();
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put("val_map", mean.map());
		scores.put("val_map50", mean.map50());
		scores.put("val_map75", mean.map75());
		return scores;
	}
}
