package sc.fiji.vasomim.batch;

/**
 * One stage of longer work: its own 0..total becomes a span of the whole.
 *
 * @param whole what is told
 * @param from where the stage begins, in thousandths of the whole
 * @param to where it ends
 * @param stage its name, told before each message
 */
public record PartProgress(Progress whole, int from, int to, String stage) implements Progress {

	private static final int WHOLE = 1000;

	@Override
	public void report(final long done, final long total, final String message) {
		whole.report(from + (to - from) * done / Math.max(1, total), WHOLE, stage + ": " + message);
	}

	@Override
	public boolean isCanceled() {
		return whole.isCanceled();
	}
}
