package sc.fiji.vasomim.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Statistics of images with several classes, which come one by one. The two usual means of a data set differ: over
 * images, of each image's mean over its classes ({@link #macro}), and class by class, over the images that have it
 * ({@link #classes}). Which of them the paper's table of ARCADE-VS holds is not known. For one thread.
 */
public final class LabelStatistics {

	private final ScoreStatistics macro = new ScoreStatistics();

	private final SortedMap<Integer, ScoreStatistics> classes = new TreeMap<>();

	public void add(final LabelScores image) {
		macro.add(image.macro());
		image.classes().forEach((id, scores) -> classes.computeIfAbsent(id, i -> new ScoreStatistics()).add(scores));
	}

	/** Over images, of {@link LabelScores#macro}. A live view. */
	public ScoreStatistics macro() {
		return macro;
	}

	/**
	 * By class id, over the images where the class is in the prediction or in the truth; their number is the
	 * count. A live view, unmodifiable.
	 */
	public SortedMap<Integer, ScoreStatistics> classes() {
		return Collections.unmodifiableSortedMap(classes);
	}
}
