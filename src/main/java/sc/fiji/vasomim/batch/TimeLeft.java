package sc.fiji.vasomim.batch;

import java.util.Locale;

/** How long work will still take, if its units go on taking what they took so far. Not thread-safe. */
public final class TimeLeft {

	private static final double SECOND = 1e9;

	private long total = -1;

	private long first;

	private long begin;

	/** Whether this is other work than what was counted before: another total, or less done than at its begin. */
	public boolean isNew(final long done, final long newTotal) {
		return newTotal != total || done < first;
	}

	/** Counts from here on. @param now in ns */
	public void begin(final long done, final long newTotal, final long now) {
		total = newTotal;
		first = done;
		begin = now;
	}

	/** Such as {@code (1:25 left)} or {@code (2:01:25 left)}; empty before there is anything to go by, and at the end. */
	public String words(final long done, final long now) {
		if (done <= first || done >= total) return "";
		final long seconds = Math.round((now - begin) / (double) (done - first) * (total - done) / SECOND);
		return seconds < 3600 ? String.format(Locale.ROOT, "(%d:%02d left)", seconds / 60, seconds % 60) : String.format(
			Locale.ROOT, "(%d:%02d:%02d left)", seconds / 3600, seconds / 60 % 60, seconds % 60);
	}
}
