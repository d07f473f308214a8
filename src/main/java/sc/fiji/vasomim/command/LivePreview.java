package sc.fiji.vasomim.command;

import java.awt.EventQueue;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import sc.fiji.vasomim.batch.Progress;

/**
 * Keeps a picture up to date while a dialog is open. Computes on a thread of its own, one request at a time; a newer
 * request stops the one at work and takes the place of one that waits, so a slider that moves is never queued behind
 * itself. Results are shown on the event thread.
 */
final class LivePreview {

	/** What a preview computes, off the event thread; what it returns shows the result, on the event thread. */
	interface Work {

		Runnable compute(Progress progress) throws IOException;
	}

	/** How long the end of a preview waits for the event thread. */
	private static final long MOST_MS = 2000;

	private final Runnable remove;

	private final Consumer<String> status;

	private final Executor events;

	/** One thread, which goes when it has nothing to do. */
	private final ThreadPoolExecutor worker = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
		new LinkedBlockingQueue<>(), LivePreview::thread);

	private volatile Work newest;

	/** Whether there may be something to remove. */
	private boolean begun;

	private boolean closed;

	/**
	 * @param remove takes away what was shown
	 * @param status shows a line to the user
	 */
	LivePreview(final Runnable remove, final Consumer<String> status) {
		this(remove, status, EventQueue::invokeLater);
	}

	/** @param events runs what it is given on the event thread */
	LivePreview(final Runnable remove, final Consumer<String> status, final Executor events) {
		this.remove = remove;
		this.status = status;
		this.events = events;
		worker.allowCoreThreadTimeOut(true);
	}

	private static Thread thread(final Runnable task) {
		final Thread thread = new Thread(task, "VasoMIM preview");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Shows a result as soon as it is there, unless another request comes first.
	 *
	 * @param snapshot takes the dialog's values, at once and on the calling thread; what it refuses is said to the user
	 */
	synchronized void show(final Supplier<Work> snapshot) {
		if (closed) return;
		Work taken;
		try {
			taken = snapshot.get();
		}
		catch (final IllegalArgumentException e) {
			taken = progress -> {
				throw e;
			};
		}
		final Work work = taken;
		newest = work;
		begun = true;
		worker.execute(() -> compute(work));
	}

	/** Removes what was shown; nothing that is still at work will be shown. */
	void end() {
		final Runnable removal = stop(false);
		if (removal != null) events.execute(removal);
	}

	/**
	 * Ends it for good: a dialog's last event may ask for a preview when its command already runs. What was shown is gone
	 * when this returns, lest it takes with it what the command shows in its place.
	 */
	void close() {
		final FutureTask<?> removal = stop(true);
		if (removal == null) return;
		if (EventQueue.isDispatchThread()) removal.run();
		else events.execute(removal);
		try {
			removal.get(MOST_MS, TimeUnit.MILLISECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final ExecutionException | TimeoutException e) {
			// The event thread is held up: the command must not be, too.
		}
	}

	/** @return what takes away the picture; null if there is none */
	private synchronized FutureTask<?> stop(final boolean forGood) {
		closed |= forGood;
		newest = null;
		final FutureTask<?> removal = begun ? new FutureTask<>(remove, null) : null;
		begun = false;
		return removal;
	}

	private void compute(final Work work) {
		if (newest != work) return;
		try {
			showIfNewest(work, work.compute(new Newest(work)));
		}
		catch (final CancellationException e) {
			// Its successor is waiting.
		}
		catch (final IOException | RuntimeException | OutOfMemoryError | LinkageError e) {
			showIfNewest(work, () -> {
				remove.run();
				status.accept("No preview: " + reason(e));
			});
		}
	}

	/** An engine that does not load comes as the cause of an error of its class. */
	private static String reason(final Throwable e) {
		if (e instanceof ExceptionInInitializerError && e.getCause() != null) return reason(e.getCause());
		return e.getMessage() == null ? e.toString() : e.getMessage();
	}

	private void showIfNewest(final Work work, final Runnable show) {
		events.execute(() -> {
			if (newest == work) show.run();
		});
	}

	private final class Newest implements Progress {

		private final Work work;

		private Newest(final Work work) {
			this.work = work;
		}

		@Override
		public void report(final long done, final long total, final String message) {}

		@Override
		public boolean isCanceled() {
			return newest != work;
		}
	}
}
