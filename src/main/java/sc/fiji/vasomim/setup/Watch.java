package sc.fiji.vasomim.setup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Reads a stream that may stall for ever: closes it when nothing comes any more, or when the user stops. */
final class Watch implements AutoCloseable {

	private static final long LOOK_MS = 100;

	private final InputStream stream;

	private final BooleanSupplier canceled;

	private final Duration patience;

	private final Thread watcher = new Thread(this::watch, "VasoMIM download watch");

	private volatile long last = System.nanoTime();

	private volatile boolean stalled, closed;

	Watch(final InputStream stream, final BooleanSupplier canceled, final Duration patience) {
		this.stream = stream;
		this.canceled = canceled;
		this.patience = patience;
		watcher.setDaemon(true);
		watcher.start();
	}

	/**
	 * As {@link InputStream#read(byte[])}.
	 *
	 * @throws CancellationException if the user stopped
	 */
	int read(final byte[] piece) throws IOException {
		try {
			final int n = stream.read(piece);
			last = System.nanoTime();
			if (canceled.getAsBoolean()) throw new CancellationException();
			return n;
		}
		catch (final IOException e) {
			if (canceled.getAsBoolean()) throw new CancellationException();
			if (stalled) throw new IOException("nothing came for " + patience.toSeconds() + " s", e);
			throw e;
		}
	}

	/** All that is left of the stream, if that is no more than so many bytes; else so many. */
	byte[] read(final int most) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		final byte[] piece = new byte[Math.min(most, 1 << 13)];
		for (int n = read(piece); n >= 0 && bytes.size() < most; n = read(piece))
			bytes.write(piece, 0, Math.min(n, most - bytes.size()));
		return bytes.toByteArray();
	}

	private void watch() {
		try {
			while (!closed) {
				Thread.sleep(LOOK_MS);
				stalled = System.nanoTime() - last > patience.toNanos();
				if (stalled || canceled.getAsBoolean()) {
					stream.close();
					return;
				}
			}
		}
		catch (final InterruptedException | IOException e) {
			// Its reader has ended, or will see the same.
		}
	}

	@Override
	public void close() {
		closed = true;
		watcher.interrupt();
	}
}
