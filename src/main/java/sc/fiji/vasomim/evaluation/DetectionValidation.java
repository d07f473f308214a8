package sc.fiji.vasomim.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxedImage;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.metrics.Detection;

/** Judges a detector on images with drawn boxes. */
public final class DetectionValidation {

	private DetectionValidation() {}

	/**
	 * @param data images of the detector's classes
	 * @throws CancellationException if it was stopped
	 */
	public static DetectionReport report(final Detector detector, final BoxedImages data, final Progress progress) {
		return report(image -> detector.detect(ArrayImgs.unsignedBytes(image.pixels(), image.width(), image.height()),
			Detector.LEAST_SCORE), data, progress);
	}

	/**
	 * @param detections what is found on an image, of the data's classes
	 * @throws CancellationException if it was stopped
	 */
	public static DetectionReport report(final Function<BoxedImage, List<Detection>> detections, final BoxedImages data,
		final Progress progress)
	{
		final DetectionReport report = new DetectionReport(data.classes());
		for (final BoxedImage image : data.images()) {
			if (progress.isCanceled()) throw new CancellationException("after " + report.images().size() + " of " + data.images()
				.size() + " images");
			report.add(image.name(), image.boxes(), detections.apply(image));
			progress.report(report.images().size(), data.images().size(), "evaluating");
		}
		return report;
	}

	/**
	 * The scores by which training chooses its best epoch: COCO's average precision over all images, meaned over the
	 * classes.
	 *
	 * @param data held-out images, at least one with a box to find
	 * @return {@code val_map}, {@code val_map50} and {@code val_map75}, 0..1, in this order
	 * @throws CancellationException if it was stopped
	 */
	public static Map<String, Double> scores(final Detector detector, final BoxedImages data, final Progress progress) {
		final DetectionReport.Row mean = report(detector, data, progress.silent()).summary().get(0);
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put("val_map", mean.map());
		scores.put("val_map50", mean.map50());
		scores.put("val_map75", mean.map75());
		return scores;
	}
}
