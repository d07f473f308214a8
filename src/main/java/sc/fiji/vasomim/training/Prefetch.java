package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import sc.fiji.vasomim.training.BatchLoader.Pixels;
import sc.fiji.vasomim.training.BatchLoader.Slice;

/** Reads the pixels of the next slice while the device works on this one. For one thread. */
final class Prefetch implements AutoCloseable {

	private final BatchLoader loader;

	private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
		final Thread thread = new Thread(work, "VasoMIM reader");
		thread.setDaemon(true);
		return thread;
	});

	private Slice expected;

	private Future<Pixels> ahead;

	Prefetch(final BatchLoader loader) {
		this.loader = loader;
	}

	/** @param next what will probably be asked for after it; null if nothing */
	Pixels take(final Slice slice, final Slice next) throws IOException {
		final Pixels pixels = slice.equals(expected) ? await() : loader.read(slice);
		expected = next;
		ahead = next == null ? null : reader.submit(() -> loader.read(next));
		return pixels;
	}

	private Pixels await() throws IOException {
		try {
			return ahead.get();
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof IOException) throw (IOException) e.getCause();
			throw new IllegalStateException(e.getCause());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while reading pixels", e);
		}
	}

	@Override
	public void close() {
		reader.shutdownNow();
	}
}
