package sc.fiji.vasomim.metrics;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * COCO's average precision of one class or its mean over classes, 0..1; NaN where no box was to be found. A box is found
 * by a detection whose intersection over union reaches a threshold.
 *
 * @param map mean over the thresholds 0.5, 0.55, ... 0.95
 * @param map50 at the threshold 0.5
 * @param map75 at the threshold 0.75
 */
public record DetectionScores(double map, double map50, double map75) {

	/** Of a single image. */
	public static DetectionScores of(final List<TrueBox> truth, final List<Detection> detections) {
		final DetectionEvaluation evaluation = new DetectionEvaluation();
		evaluation.add(truth, detections);
		return evaluation.mean();
	}

	/** @param precisions average precision at each threshold, in rising order */
	static DetectionScores of(final double[] precisions) {
		double sum = 0;
		for (final double precision : precisions)
			sum += precision;
		return new DetectionScores(sum / precisions.length, precisions[0], precisions[5]);
	}

	/** The mean of each score; NaN of none. */
	static DetectionScores mean(final Collection<DetectionScores> scores) {
		return new DetectionScores(mean(scores, DetectionScores::map), mean(scores, DetectionScores::map50), mean(scores,
			DetectionScores::map75));
	}

	private static double mean(final Collection<DetectionScores> scores, final ToDoubleFunction<DetectionScores> score) {
		return scores.stream().mapToDouble(score).average().orElse(Double.NaN);
	}
}
