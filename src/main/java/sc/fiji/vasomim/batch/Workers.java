package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that are never interrupted, and never outlive their owner: an interrupt would close the file that a job reads
 * for all who read it, and a job that is left alone would use what its owner has closed.
 */
public final class Workers implements AutoCloseable {

	private final ThreadPoolExecutor pool;

	/**
	 * @param name of the threads, for those who look at them
	 * @param threads 1 or more
	 */
	public Workers(final String name, final int threads) {
		final ThreadFactory factory = work -> {
			final Thread thread = Executors.defaultThreadFactory().newThread(work);
			thread.setName(name);
			thread.setDaemon(true);
			return thread;
		};
		pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
	}

	/** Jobs are begun in the order in which they are given. */
	public <T> Future<T> submit(final Callable<T> job) {
		return pool.submit(job);
	}

	/**
	 * What a job has made. An interrupt does not end the waiting, but is not forgotten either.
	 *
	 * @throws IOException what the job threw, as with unchecked exceptions
	 */
	public static <T> T outcome(final Future<T> job) throws IOException {
		boolean interrupted = false;
		try {
			while (true)
				try {
					return job.get();
				}
				catch (final InterruptedException e) {
					interrupted = true;
				}
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof IOException) throw (IOException) e.getCause();
			if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
			if (e.getCause() instanceof Error) throw (Error) e.getCause();
			throw new IllegalStateException(e.getCause());
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	/** Drops what has not begun, and waits for what has. */
	@Override
	public void close() {
		pool.shutdown();
		pool.getQueue().clear();
		boolean interrupted = false;
		for (boolean ended = false; !ended;)
			try {
				ended = pool.awaitTermination(1, TimeUnit.MINUTES);
			}
			catch (final InterruptedException e) {
				interrupted = true;
			}
		if (interrupted) Thread.currentThread().interrupt();
	}
}
