package sc.fiji.vasomim.curation;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import sc.fiji.vasomim.batch.Progress;

/** How many files of all runs have been looked at. Many threads share one instance. */
final class FileCount {

	/** Files of a run between two reports. */
	private static final int STEP = 50;

	private final Progress progress;

	private final long all;

	private final AtomicLong done = new AtomicLong();

	FileCount(final List<Run> runs, final Progress progress) {
		this.progress = progress;
		all = runs.stream().mapToLong(run -> run.files().size()).sum();
	}

	/** One more file; a run may be a folder of ten thousand. */
	void add(final Run run) {
		if (done.incrementAndGet() % STEP == 0) report(run);
	}

	/** All files of a run that need not be looked at. */
	void skip(final Run run) {
		done.addAndGet(run.files().size());
	}

	void report(final Run run) {
		progress.report(done.get(), all, run.id());
	}

	boolean isCanceled() {
		return progress.isCanceled();
	}
}
