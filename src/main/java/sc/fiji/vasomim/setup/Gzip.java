package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What the last four bytes of a gzip file say: the length of its content, modulo 2^32 (RFC 1952). */
final class Gzip {

	static final int TRAILER = 4;

	/** Ways that libraries of machine code shrink: PyTorch's for the CPU by 4.0. */
	private static final double RATIO = 4.5;

	private Gzip() {}

	/**
	 * @param trailer the last four bytes
	 * @param bytes length of the gzip file: what does not shrink grows by less than a hundredth and 100 bytes
	 */
	static long length(final byte[] trailer, final long bytes) {
		final long length = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffffffffL;
		return length + length / 100 + 100 >= bytes ? length : length + (1L << 32);
	}

	/** Where the trailer is not known. */
	static long guess(final long bytes) {
		return Math.min(NativeFile.MOST, (long) (bytes * RATIO));
	}

	static long length(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			final ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
			if (channel.size() < TRAILER || channel.read(trailer, channel.size() - TRAILER) < TRAILER) throw new IOException(
				"Cannot read " + file + ": it is no gzip file, " + channel.size() + " bytes");
			return length(trailer.array(), channel.size());
		}
	}
}
