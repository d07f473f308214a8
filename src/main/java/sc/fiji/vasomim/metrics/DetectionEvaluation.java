package sc.fiji.vasomim.metrics;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * COCO's average precision (Lin et al. 2014) of detections over images that come one by one, as pycocotools computes it
 * for areas of all sizes: an image's 100 detections of a class with the highest scores count; each, from the highest
 * score down, takes the free true box that it overlaps most; precision, made to fall with recall, is averaged at 101
 * recalls. For one thread.
 */
public final class DetectionEvaluation {

	private final SortedMap<Integer, PrecisionCurve> classes = new TreeMap<>();

	/**
	 * Adds an image. Of equal scores the detections that came first go first.
	 *
	 * @param truth empty where there is nothing to find
	 * @param detections in any order
	 */
	public void add(final List<TrueBox> truth, final List<Detection> detections) {
		final Set<Integer> labels = Stream.concat(truth.stream().map(TrueBox::label), detections.stream().map(
			Detection::label)).collect(Collectors.toCollection(TreeSet::new));
		for (final int label : labels)
			classes.computeIfAbsent(label, l -> new PrecisionCurve()).add(truth.stream().filter(t -> t.label() == label)
				.toList(), detections.stream().filter(d -> d.label() == label).toList());
	}

	/** By class, those that have a box to find. */
	public SortedMap<Integer, DetectionScores> classes() {
		final SortedMap<Integer, DetectionScores> scores = new TreeMap<>();
		classes.forEach((label, curve) -> {
			if (curve.hasTruth()) scores.put(label, curve.scores());
		});
		return Collections.unmodifiableSortedMap(scores);
	}

	/** The mean over {@link #classes}, each of equal weight. */
	public DetectionScores mean() {
		return DetectionScores.mean(classes().values());
	}
}
