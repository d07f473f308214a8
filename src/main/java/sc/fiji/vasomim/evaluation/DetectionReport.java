package sc.fiji.vasomim.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.vasomim.metrics.Detection;
import sc.fiji.vasomim.metrics.DetectionEvaluation;
import sc.fiji.vasomim.metrics.DetectionScores;
import sc.fiji.vasomim.metrics.TrueBox;

/**
 * Detections against drawn boxes: COCO's average precision over all images, by class, and that of each image alone. For
 * one thread.
 */
public final class DetectionReport {

	/** Of several classes: the mean over those that have a box to find. */
	public static final String MEAN = "mean of classes";

	/**
	 * A row of a table.
	 *
	 * @param name the class, or {@link #MEAN}
	 * @param boxes that are to be found
	 * @param detections how many were made, as they were given: evaluation of a model gives those of a score above
	 *          {@link sc.fiji.vasomim.inference.Detector#LEAST_SCORE}, at most 100 an image
	 * @param map mean average precision over intersections over union of 0.5 to 0.95, 0..1; NaN where no box is to be found
	 * @param map50 that at 0.5
	 * @param map75 that at 0.75
	 */
	public record Row(String name, int boxes, int detections, double map, double map50, double map75) {

		private static Row of(final String name, final int boxes, final int detections, final DetectionScores scores) {
			return new Row(name, boxes, detections, scores.map(), scores.map50(), scores.map75());
		}
	}

	private final List<String> classes;

	private final DetectionEvaluation evaluation = new DetectionEvaluation();

	private final Map<String, List<Row>> images = new LinkedHashMap<>();

	private final int[] boxes;

	private final int[] detections;

	/** @param classes names of labels 1, 2, ... */
	public DetectionReport(final List<String> classes) {
		this.classes = List.copyOf(classes);
		boxes = new int[classes.size()];
		detections = new int[classes.size()];
	}

	/** @param image its name, unlike that of any other */
	public void add(final String image, final List<TrueBox> truth, final List<Detection> found) {
		evaluation.add(truth, found);
		final List<Row> rows = new ArrayList<>();
		for (int i = 0; i < classes.size(); i++) {
			final int label = i + 1;
			final List<TrueBox> drawn = truth.stream().filter(box -> box.label() == label).toList();
			final List<Detection> made = found.stream().filter(box -> box.label() == label).toList();
			final int wanted = (int) drawn.stream().filter(box -> !box.isIgnored()).count();
			boxes[i] += wanted;
			detections[i] += made.size();
			rows.add(Row.of(classes.get(i), wanted, made.size(), DetectionScores.of(drawn, made)));
		}
		images.put(image, rows);
	}

	/** By name, in the order in which they were added: a row for each class. A live view. */
	public Map<String, List<Row>> images() {
		return Collections.unmodifiableMap(images);
	}

	/** Over all images: {@link #MEAN} first if there are several classes, then the classes that have a box to find. */
	public List<Row> summary() {
		final List<Row> rows = new ArrayList<>();
		final DetectionScores mean = evaluation.mean();
		int wanted = 0, made = 0;
		for (int i = 0; i < classes.size(); i++) {
			wanted += boxes[i];
			made += detections[i];
		}
		if (classes.size() > 1 && wanted > 0) rows.add(Row.of(MEAN, wanted, made, mean));
		evaluation.classes().forEach((label, scores) -> rows.add(Row.of(classes.get(label - 1), boxes[label - 1],
			detections[label - 1], scores)));
		return rows;
	}
}
