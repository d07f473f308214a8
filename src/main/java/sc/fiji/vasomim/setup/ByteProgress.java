package sc.fiji.vasomim.setup;

import sc.fiji.vasomim.batch.Progress;

/** Progress of files one after another, in bytes. */
final class ByteProgress {

	private final Progress progress;

	private final long total;

	private long finished;

	ByteProgress(final Progress progress, final long total) {
		this.progress = progress;
		this.total = total;
	}

	/** @param done bytes of the file at work */
	void report(final String message, final long done) {
		progress.report(finished + done, total, message);
	}

	/** @param bytes of the file that was at work */
	void finish(final long bytes) {
		finished += bytes;
	}

	boolean isCanceled() {
		return progress.isCanceled();
	}
}
