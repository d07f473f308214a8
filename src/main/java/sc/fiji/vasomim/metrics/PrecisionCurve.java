package sc.fiji.vasomim.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The detections of one class, judged at each threshold of overlap, and the precision that follows. */
final class PrecisionCurve {

	private static final int MOST_DETECTIONS = 100;

	private static final int THRESHOLDS = 10;

	private static final int RECALLS = 101;

	private static final Comparator<TrueBox> IGNORED_LAST = Comparator.comparing(TrueBox::isIgnored);

	private enum Verdict {
		RIGHT, WRONG, IGNORED
	}

	/** A detection's score and what it is at each threshold. */
	private record Judged(double score, Verdict[] verdicts) {}

	private final List<Judged> detections = new ArrayList<>();

	private int positives;

	/** Adds an image: its boxes of this class. */
	void add(final List<TrueBox> truth, final List<Detection> found) {
		final List<TrueBox> boxes = truth.stream().sorted(IGNORED_LAST).toList();
		final List<Detection> best = found.stream().sorted(Comparator.comparingDouble(Detection::score).reversed()).limit(
			MOST_DETECTIONS).toList();
		positives += (int) boxes.stream().filter(t -> !t.isIgnored()).count();
		final double[][] overlaps = new double[best.size()][];
		final List<Judged> judged = new ArrayList<>();
		for (int i = 0; i < best.size(); i++) {
			final Box box = best.get(i).box();
			overlaps[i] = boxes.stream().mapToDouble(t -> t.overlap(box)).toArray();
			judged.add(new Judged(best.get(i).score(), new Verdict[THRESHOLDS]));
		}
		for (int t = 0; t < THRESHOLDS; t++)
			judge(boxes, overlaps, t, judged);
		detections.addAll(judged);
	}

	private static void judge(final List<TrueBox> boxes, final double[][] overlaps, final int threshold,
		final List<Judged> judged)
	{
		final boolean[] taken = new boolean[boxes.size()];
		for (int i = 0; i < overlaps.length; i++) {
			final int match = match(boxes, overlaps[i], taken, threshold(threshold));
			judged.get(i).verdicts[threshold] = match < 0 ? Verdict.WRONG : boxes.get(match).isIgnored() ? Verdict.IGNORED
				: Verdict.RIGHT;
			if (match >= 0) taken[match] = !boxes.get(match).crowd();
		}
	}

	/** The free box of most overlap, the last of equal ones; one that counts comes before any that is ignored. -1: none. */
	private static int match(final List<TrueBox> boxes, final double[] overlaps, final boolean[] taken,
		final double threshold)
	{
		int match = -1;
		double most = threshold;
		for (int j = 0; j < overlaps.length; j++) {
			if (match >= 0 && boxes.get(j).isIgnored() && !boxes.get(match).isIgnored()) break;
			if (taken[j] || overlaps[j] < most) continue;
			most = overlaps[j];
			match = j;
		}
		return match;
	}

	/** In numpy's arithmetic, as an overlap may equal it to the last bit. */
	private static double threshold(final int index) {
		return index * ((0.95 - 0.5) / (THRESHOLDS - 1)) + 0.5;
	}

	/** Whether there is a box to find. */
	boolean hasTruth() {
		return positives > 0;
	}

	DetectionScores scores() {
		final List<Judged> sorted = detections.stream().sorted(Comparator.comparingDouble(Judged::score).reversed())
			.toList();
		final double[] precisions = new double[THRESHOLDS];
		for (int t = 0; t < THRESHOLDS; t++) {
			final int threshold = t;
			precisions[t] = averagePrecision(sorted.stream().map(j -> j.verdicts[threshold]).toList());
		}
		return DetectionScores.of(precisions);
	}

	/** @param verdicts from the highest score down */
	private double averagePrecision(final List<Verdict> verdicts) {
		final double[] reached = new double[RECALLS]; // best precision at this recall or beyond
		int right = 0, wrong = 0, next = 0;
		for (final Verdict verdict : verdicts) {
			if (verdict == Verdict.RIGHT) right++;
			if (verdict == Verdict.WRONG) wrong++;
			if (verdict != Verdict.RIGHT) continue;
			final double recall = (double) right / positives;
			while (next < RECALLS && next * 0.01 <= recall)
				next++;
			reached[next - 1] = Math.max(reached[next - 1], (double) right / (right + wrong));
		}
		for (int i = RECALLS - 2; i >= 0; i--)
			reached[i] = Math.max(reached[i], reached[i + 1]);
		return Arrays.stream(reached).sum() / RECALLS;
	}
}
