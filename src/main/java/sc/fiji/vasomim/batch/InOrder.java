package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Work on several threads whose outcomes are settled by one, in the order of the inputs. */
public final class InOrder {

	/** Works on one input. Called by several threads at once. */
	@FunctionalInterface
	public interface Work<I, O> {

		/** @return null to settle nothing */
		O on(I input) throws IOException;
	}

	/** Takes an outcome. Called by the thread that called {@link #run}. */
	@FunctionalInterface
	public interface Settling<O> {

		void of(O outcome) throws IOException;
	}

	/** So many inputs a thread may be under way, so that one that takes long holds nobody up. */
	private static final int AHEAD = 4;

	private InOrder() {}

	/**
	 * Returns when all inputs are settled, or those that were begun when the user asked to stop.
	 *
	 * @param threads 1 or more
	 * @throws IOException what work or settling threw, as with unchecked exceptions; work that is under way has ended by
	 *           then
	 */
	public static <I, O> void run(final List<I> inputs, final int threads, final Work<I, O> work,
		final Settling<O> settling, final Progress progress) throws IOException
	{
		final ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			final Deque<Future<O>> underway = new ArrayDeque<>();
			for (final I input : inputs) {
				if (progress.isCanceled()) break;
				underway.add(pool.submit(() -> progress.isCanceled() ? null : work.on(input)));
				if (underway.size() == AHEAD * threads) settle(underway.remove(), settling);
			}
			while (!underway.isEmpty()) settle(underway.remove(), settling);
		}
		finally {
			pool.shutdownNow();
			await(pool);
		}
	}

	/** A job that is still at work would write into the folder of the next run. */
	private static void await(final ExecutorService pool) {
		try {
			while (!pool.awaitTermination(1, TimeUnit.MINUTES)) continue;
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static <O> void settle(final Future<O> future, final Settling<O> settling) throws IOException {
		final O outcome = outcome(future);
		if (outcome != null) settling.of(outcome);
	}

	private static <O> O outcome(final Future<O> future) throws IOException {
		try {
			return future.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("The run was interrupted; run it again to go on");
		}
		catch (final ExecutionException e) {
			// Only what no input is to blame for comes up to here.
			if (e.getCause() instanceof Error) throw (Error) e.getCause();
			if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
			throw new IOException(e.getCause().getMessage(), e.getCause());
		}
	}
}
