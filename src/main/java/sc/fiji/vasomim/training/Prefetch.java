package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.concurrent.Future;

import sc.fiji.vasomim.batch.Workers;
import sc.fiji.vasomim.training.BatchLoader.Pixels;
import sc.fiji.vasomim.training.BatchLoader.Slice;

/** Reads the pixels of the next slice while the device works on this one. For one thread. */
final class Prefetch implements AutoCloseable {

	private final BatchLoader loader;

	private final Workers reader = new Workers("VasoMIM reader", 1);

	private Slice expected;

	private Future<Pixels> ahead;

	Prefetch(final BatchLoader loader) {
		this.loader = loader;
	}

	/** @param next what will probably be asked for after it; null if nothing */
	Pixels take(final Slice slice, final Slice next) throws IOException {
		final Pixels pixels = slice.equals(expected) ? Workers.outcome(ahead) : loader.read(slice);
		expected = next;
		ahead = next == null ? null : reader.submit(() -> loader.read(next));
		return pixels;
	}

	@Override
	public void close() {
		reader.close();
	}
}
