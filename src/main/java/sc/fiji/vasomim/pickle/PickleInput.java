package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle in a file, front to back; never more of them than there are, nor than {@link #LONGEST}. */
final class PickleInput {

	/** Tensors lie outside of a pickle: that of a model with its optimiser has less than 1 MiB. */
	static final long LONGEST = 64 << 20;

	private static final int LONGEST_LINE = 200;

	/** Such a line while it grows, and as a text. */
	private static final int LINE_BYTES = 1024;

	/** A text's bytes, their decoding, and the text, of two bytes a letter at most. */
	private static final int COPIES = 6;

	private final FileChannel channel;

	private final Allowance allowance;

	/** Where the bytes end, from the file's start. */
	private final long end;

	/** Where the buffer's content ends, from the file's start. */
	private long filled;

	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN).limit(0);

	/** @param begin, end in bytes from the file's start */
	PickleInput(final FileChannel channel, final long begin, final long end, final Allowance allowance) {
		this.channel = channel;
		this.allowance = allowance;
		this.end = Math.min(end, begin + LONGEST);
		filled = begin;
	}

	/** Where the next byte lies, from the file's start. */
	long position() {
		return filled - buffer.remaining();
	}

	int u1() throws IOException {
		return require(1).get() & 0xff;
	}

	int u2() throws IOException {
		return require(2).getShort() & 0xffff;
	}

	int i4() throws IOException {
		return require(4).getInt();
	}

	long u4() throws IOException {
		return i4() & 0xffffffffL;
	}

	/** Big-endian, as pickle has it. */
	double f8() throws IOException {
		return Double.longBitsToDouble(Long.reverseBytes(require(8).getLong()));
	}

	byte[] bytes(final long n) throws IOException {
		if (n > end - position()) throw tooLong();
		allowance.take(COPIES * n);
		final byte[] bytes = new byte[(int) n];
		for (int done = 0; done < n;) {
			final int piece = (int) Math.min(n - done, buffer.capacity());
			require(piece).get(bytes, done, piece);
			done += piece;
		}
		return bytes;
	}

	/** Up to a line feed, which is left out. */
	String line() throws IOException {
		allowance.take(LINE_BYTES);
		final StringBuilder line = new StringBuilder();
		for (int c = u1(); c != '\n'; c = u1()) {
			if (line.length() == LONGEST_LINE) throw new IOException("its pickle has a name of more than " + LONGEST_LINE +
				" letters");
			line.append((char) c);
		}
		return line.toString();
	}

	static String utf8(final byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/** @return the buffer, with at least n bytes remaining */
	private ByteBuffer require(final int n) throws IOException {
		if (buffer.remaining() >= n) return buffer;
		if (n > end - position()) throw tooLong();
		buffer.compact();
		buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + end - filled));
		while (buffer.position() < n) {
			final int read = channel.read(buffer, filled);
			if (read < 0) throw tooLong();
			filled += read;
		}
		return buffer.flip();
	}

	private static IOException tooLong() {
		return new IOException("its pickle ends too early, or has more than " + (LONGEST >> 20) + " MiB");
	}
}
