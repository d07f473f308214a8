package sc.fiji.vasomim.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.metrics.LabelScores;
import sc.fiji.vasomim.metrics.MaskScores;

/**
 * Scores of predictions against the truth, image by image. With several classes there are three kinds of rows, and two
 * usual means of a data set differ: {@link #MEAN} over images, of each image's mean over its classes; and class by class,
 * over the images that have it. Which of them the paper's table of ARCADE-VS holds is not known. For one thread.
 */
public final class Evaluation {

	/** Of several classes: each image's mean over the classes it has, {@link LabelScores#macro}. */
	public static final String MEAN = "mean of classes";

	/** Of several classes: all as one, against the background. */
	public static final String UNION = "union of classes";

	private final List<String> classes;

	private final List<ImageScores> images = new ArrayList<>();

	/** @param classes the names of labels 1, 2, ...; one name: labels are masks of 0 and 255 */
	public Evaluation(final List<String> classes) {
		this.classes = List.copyOf(classes);
	}

	/**
	 * Adds an image.
	 *
	 * @param image its name
	 * @param prediction W x H
	 * @param truth W x H
	 * @return its scores
	 * @throws IllegalArgumentException if the sizes differ, or if a label is none of the classes
	 */
	public ImageScores add(final String image, final RandomAccessibleInterval<UnsignedByteType> prediction,
		final RandomAccessibleInterval<UnsignedByteType> truth)
	{
		ClassNumbers.require("predictions", image, prediction, classes.size());
		ClassNumbers.require("truth", image, truth, classes.size());
		final ImageScores scores = new ImageScores(image, scores(prediction, truth));
		images.add(scores);
		return scores;
	}

	private Map<String, MaskScores> scores(final RandomAccessibleInterval<UnsignedByteType> prediction,
		final RandomAccessibleInterval<UnsignedByteType> truth)
	{
		final MaskScores all = MaskScores.of(prediction, truth);
		if (classes.size() == 1) return Map.of(classes.get(0), all);
		final LabelScores labels = LabelScores.of(prediction, truth);
		final Map<String, MaskScores> scores = new LinkedHashMap<>();
		scores.put(MEAN, labels.macro());
		scores.put(UNION, all);
		labels.classes().forEach((id, of) -> scores.put(classes.get(id - 1), of));
		return scores;
	}

	/** What has scores: the one class; or mean, union and each of several classes. */
	public List<String> rows() {
		if (classes.size() == 1) return classes;
		final List<String> rows = new ArrayList<>(List.of(MEAN, UNION));
		rows.addAll(classes);
		return rows;
	}

	/** In the order in which they were added. A live view, unmodifiable. */
	public List<ImageScores> images() {
		return Collections.unmodifiableList(images);
	}

	/** Over images, in the order of {@link #rows}: the first is what models are compared by. Empty if no image was added. */
	public List<ScoreSummary> summary() {
		return ScoreSummary.of(rows(), images.stream().map(ImageScores::scores).toList());
	}
}
