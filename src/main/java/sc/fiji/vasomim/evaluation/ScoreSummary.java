package sc.fiji.vasomim.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import sc.fiji.vasomim.metrics.MaskScores;
import sc.fiji.vasomim.metrics.ScoreStatistics;

/**
 * Mean and standard deviation of the scores of one class, or of all together, over images or over training runs.
 *
 * @param name the class, {@link Evaluation#MEAN} or {@link Evaluation#UNION}
 * @param count images, or runs, that have scores of it
 * @param mean each in 0..1
 * @param std the sample standard deviation, with count - 1; NaN in all if count is 1
 */
public record ScoreSummary(String name, long count, MaskScores mean, MaskScores std) {

	/**
	 * Over training runs that differ in their seed alone: statistics of the runs' means, as tables of papers have them.
	 *
	 * @param runs each run's summary over the same images
	 * @return by name, in the order of the first run. A class that only some runs predict, and no truth has, counts the
	 *         runs that do
	 */
	public static List<ScoreSummary> overRuns(final List<List<ScoreSummary>> runs) {
		final Set<String> names = new LinkedHashSet<>();
		final List<Map<String, MaskScores>> means = new ArrayList<>();
		for (final List<ScoreSummary> run : runs) {
			final Map<String, MaskScores> mean = new LinkedHashMap<>();
			run.forEach(summary -> mean.put(summary.name, summary.mean));
			names.addAll(mean.keySet());
			means.add(mean);
		}
		return of(names, means);
	}

	/** Over those maps that have a name, name by name; without the names that none has. */
	static List<ScoreSummary> of(final Iterable<String> names, final List<Map<String, MaskScores>> scores) {
		final List<ScoreSummary> summaries = new ArrayList<>();
		for (final String name : names) {
			final ScoreStatistics statistics = new ScoreStatistics();
			scores.stream().filter(map -> map.containsKey(name)).forEach(map -> statistics.add(map.get(name)));
			if (statistics.count() > 0) summaries.add(new ScoreSummary(name, statistics.count(), statistics.mean(), statistics
				.standardDeviation()));
		}
		return summaries;
	}
}
