package sc.fiji.vasomim.metrics;

/** Mean and standard deviation of scores that come one by one (Welford, Technometrics 4:419, 1962). For one thread. */
public final class ScoreStatistics {

	private long count;

	private MaskScores mean = MaskScores.all(0);

	/** Squared distances from the mean. */
	private MaskScores squares = MaskScores.all(0);

	public void add(final MaskScores scores) {
		count++;
		final MaskScores before = scores.with(mean, (x, m) -> x - m);
		mean = mean.with(before, (m, d) -> m + d / count);
		final MaskScores after = scores.with(mean, (x, m) -> x - m);
		squares = squares.with(before.with(after, (a, b) -> a * b), Double::sum);
	}

	public long count() {
		return count;
	}

	/** @throws IllegalStateException if nothing was added */
	public MaskScores mean() {
		if (count == 0) throw new IllegalStateException("There is no mean of no scores: add an image first");
		return mean;
	}

	/**
	 * The sample standard deviation, with count - 1.
	 *
	 * @return NaN in all if only one was added
	 * @throws IllegalStateException if nothing was added
	 */
	public MaskScores standardDeviation() {
		return squares.with(mean(), (s, m) -> Math.sqrt(s / (count - 1)));
	}
}
