package sc.fiji.vasomim.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

import sc.fiji.vasomim.batch.TimeLeft;

/**
 * How far a command is: per cent, what is being done, time left. On a terminal one line is rewritten in place; in a
 * log file a line is added at each tenth of the work, and at least every ten seconds.
 */
final class ProgressLine {

	private static final long SECOND = 1_000_000_000L;

	private static final int WIDTH = 79;

	private static final String ERASE = "\r\u001b[K";

	private final PrintStream err;

	private final boolean terminal;

	private final LongSupplier clock;

	private boolean visible;

	private long shown;

	private long tenth = -1;

	private long total = -1;

	private final TimeLeft timeLeft = new TimeLeft();

	/** @param clock nanoseconds from any origin, as {@link System#nanoTime} */
	ProgressLine(final PrintStream err, final boolean terminal, final LongSupplier clock) {
		this.err = err;
		this.terminal = terminal;
		this.clock = clock;
	}

	/** Shows the line, if it is time to. Units as in {@link sc.fiji.vasomim.batch.Progress#report}. */
	synchronized void show(final long done, final long newTotal, final String message) {
		final long now = clock.getAsLong();
		// Workers may report a little out of order; a new phase falls back by more.
		if (newTotal != total || tenth(done) < tenth - 1) begin(done, newTotal, now);
		if (!isTime(done, now)) return;
		shown = now;
		tenth = tenth(done);
		final String line = percent(done) + (message == null ? "" : message) + left(done, now);
		if (terminal) err.print(ERASE + line.substring(0, Math.min(WIDTH, line.length())));
		else err.println(line);
		err.flush();
		visible = terminal;
	}

	/** Takes the line off the terminal. */
	synchronized void clear() {
		if (visible) err.print(ERASE);
		err.flush();
		visible = false;
	}

	/** A stream onto the same terminal, for logs: the line makes way for what it prints. */
	PrintStream others() {
		return new PrintStream(new OutputStream() {

			@Override
			public void write(final int b) throws IOException {
				write(new byte[] { (byte) b }, 0, 1);
			}

			@Override
			public void write(final byte[] bytes, final int from, final int length) {
				synchronized (ProgressLine.this) {
					clear();
					err.write(bytes, from, length);
					err.flush();
				}
			}
		}, true);
	}

	private void begin(final long done, final long newTotal, final long now) {
		total = newTotal;
		timeLeft.begin(done, newTotal, now);
		tenth = -1;
	}

	private boolean isTime(final long done, final long now) {
		if (tenth < 0) return true;
		return terminal ? now - shown >= SECOND / 5 : tenth(done) > tenth || now - shown >= 10 * SECOND;
	}

	private long tenth(final long done) {
		return total > 0 ? 10 * done / total : 0;
	}

	private String percent(final long done) {
		return total > 0 ? String.format(Locale.ROOT, "%3d %%  ", 100 * done / total) : "";
	}

	private String left(final long done, final long now) {
		final String words = timeLeft.words(done, now);
		return words.isEmpty() ? "" : "  " + words;
	}
}
