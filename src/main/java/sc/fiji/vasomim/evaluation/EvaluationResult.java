package sc.fiji.vasomim.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * What an evaluation found.
 *
 * @param images how many were judged
 * @param summary the first is what models are compared by; see {@link Evaluation#summary}
 */
public record EvaluationResult(int images, List<ScoreSummary> summary) {

	public EvaluationResult {
		summary = List.copyOf(summary);
	}

	/** For the log: the first of the summary, mean (standard deviation). */
	@Override
	public String toString() {
		if (summary.isEmpty()) return "no images";
		final ScoreSummary first = summary.get(0);
		return String.format(Locale.ROOT, "%s in %d images: Dice %.4f (%.4f), clDice %.4f (%.4f)", first.name(), images, first
			.mean().dice(), first.std().dice(), first.mean().clDice(), first.std().clDice());
	}
}
