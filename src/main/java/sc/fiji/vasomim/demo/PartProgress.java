package sc.fiji.vasomim.demo;

import sc.fiji.vasomim.batch.Progress;

/** One stage of longer work: its own 0..total becomes a span of the whole, in thousandths. */
record PartProgress(Progress whole, int from, int to, String stage) implements Progress {

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
