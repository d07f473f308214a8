package sc.fiji.vasomim.setup;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** One file of the host into a file here, which grows; an interrupted one is gone on with where it ended. */
final class Download {

	private final NativesHost host;

	private final NativeFile file;

	private final Path part;

	private final Duration patience;

	Download(final NativesHost host, final NativeFile file, final Path part, final Duration patience) {
		this.host = host;
		this.file = file;
		this.part = part;
		this.patience = patience;
	}

	/**
	 * A connection that is cut is made again as long as each brings something.
	 *
	 * @param progress is told how many bytes are here
	 * @return the file, of the right length and synced to the disk
	 * @throws IOException if the host does not deliver; what came is kept
	 * @throws java.util.concurrent.CancellationException if it was stopped; what came is kept
	 */
	Path run(final LongConsumer progress, final BooleanSupplier canceled) throws IOException {
		long here = Files.exists(part) ? Files.size(part) : 0;
		if (here > file.bytes()) here = 0;
		while (here < file.bytes()) {
			try {
				goOn(here, progress, canceled);
				here = file.bytes();
			}
			catch (final Cut e) {
				final long now = Files.exists(part) ? Files.size(part) : 0;
				if (now <= here) throw new IOException("Cannot download " + file.name() + ": " + e.getMessage() +
					" after " + here + " of " + file.bytes() + " bytes, which are kept. Run Engine Setup again to go on.", e);
				here = now;
			}
		}
		return part;
	}

	private void goOn(final long here, final LongConsumer progress, final BooleanSupplier canceled) throws IOException {
		final HttpResponse<InputStream> response = ask(here);
		try (InputStream stream = response.body();
				Watch watch = new Watch(stream, canceled, patience))
		{
			final long from = from(response, here);
			try (FileChannel channel = from == 0 ? FileChannel.open(part, CREATE, WRITE, TRUNCATE_EXISTING) : FileChannel.open(
				part, WRITE, APPEND))
			{
				copy(watch, channel, from, progress);
				channel.force(true);
			}
		}
	}

	/** A connection that ends with the answer's head is cut as one that ends later. */
	private HttpResponse<InputStream> ask(final long here) throws Cut {
		try {
			return host.get(file.path(), here == 0 ? null : "bytes=" + here + "-");
		}
		catch (final IOException e) {
			throw new Cut(NativesHost.reason(e.getCause()), e);
		}
	}

	/** Where the answer begins: at what was asked for, or at the first byte if the host knows no ranges. */
	private long from(final HttpResponse<InputStream> response, final long asked) throws IOException {
		if (response.statusCode() == 206) {
			final ContentRange range = ContentRange.of(response);
			if (range.from() == asked && range.total() == file.bytes()) return asked;
			throw changed(response, range.total());
		}
		if (response.statusCode() != 200) throw NativesHost.refused(response);
		final long bytes = response.headers().firstValueAsLong("Content-Length").orElse(file.bytes());
		if (bytes != file.bytes()) throw changed(response, bytes);
		return 0;
	}

	private void copy(final Watch watch, final FileChannel channel, final long from, final LongConsumer progress)
		throws IOException
	{
		final byte[] piece = new byte[1 << 16];
		long here = from;
		progress.accept(here);
		while (here < file.bytes()) {
			final int n = read(watch, piece);
			if (n < 0) throw new Cut("the connection ended", null);
			if (here + n > file.bytes()) throw new IOException("Cannot use " + file.name() + ": more came than " + file
				.bytes() + " bytes");
			final ByteBuffer bytes = ByteBuffer.wrap(piece, 0, n);
			while (bytes.hasRemaining())
				channel.write(bytes);
			here += n;
			progress.accept(here);
		}
	}

	private static int read(final Watch watch, final byte[] piece) throws Cut {
		try {
			return watch.read(piece);
		}
		catch (final IOException e) {
			throw new Cut(e.getMessage(), e);
		}
	}

	private IOException changed(final HttpResponse<?> response, final long bytes) {
		return new IOException("Cannot use " + response.uri() + ": it was " + file.bytes() + " bytes when asked first, now " +
			"the answer is of " + bytes + ". Run Engine Setup again.");
	}

	/** The connection's fault, not the disk's: another one may do better. */
	private static final class Cut extends IOException {

		private static final long serialVersionUID = 1;

		private Cut(final String message, final Throwable cause) {
			super(message, cause);
		}
	}
}
