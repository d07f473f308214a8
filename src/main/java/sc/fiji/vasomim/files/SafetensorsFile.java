package sc.fiji.vasomim.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/**
 * An open safetensors file. Opening checks the whole header; nothing is read of the data until it is asked for, and no
 * more memory is taken than the tensor asked for needs. Safe for use by several threads.
 * <p>
 * Whatever is wrong with a file is an {@link IOException} that names it; asking for a tensor that it does not hold, or
 * for one as the wrong type, is an {@link IllegalArgumentException}.
 */
public final class SafetensorsFile implements Closeable {

	private static final int PIECE = 1 << 20;

	/** What messages call it. */
	private final String name;

	private final Content content;

	/** What closing closes. */
	private final Closeable resource;

	private final SafetensorsHeader header;

	/** Where the data begin, in bytes from the file's start. */
	private final long dataStart;

	/** Reads as {@link FileChannel#read(ByteBuffer, long)}. */
	private interface Content {

		int read(ByteBuffer buffer, long position) throws IOException;
	}

	private SafetensorsFile(final String name, final long size, final Content content, final Closeable resource)
		throws IOException
	{
		this.name = name;
		this.content = content;
		this.resource = resource;
		if (size < 8) throw new IOException("it has " + size + " bytes, which is less than a header");
		final long length = readFully(0, ByteBuffer.allocate(8)).getLong();
		// Negative means above 2^63, as the format's number is unsigned.
		if (length < 2 || length > Math.min(SafetensorsHeader.MAX_LENGTH, size - 8)) {
			throw new IOException("a header of " + Long.toUnsignedString(length) + " bytes in a file of " + size);
		}
		dataStart = 8 + length;
		header = SafetensorsHeader.parse(readFully(8, ByteBuffer.allocate((int) length)), size - dataStart);
	}

	public static SafetensorsFile open(final Path file) throws IOException {
		FileChannel channel = null;
		try {
			channel = FileChannel.open(file, StandardOpenOption.READ);
			return new SafetensorsFile(file.toString(), channel.size(), channel::read, channel);
		}
		catch (final IOException e) {
			if (channel != null) channel.close();
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
	}

	/**
	 * A file that is already in memory, as those in a jar are.
	 *
	 * @param name what messages call it
	 * @param content is not copied
	 */
	public static SafetensorsFile of(final String name, final byte[] content) throws IOException {
		try {
			return new SafetensorsFile(name, content.length, (buffer, position) -> copy(content, position, buffer), () -> {});
		}
		catch (final IOException e) {
			throw new IOException("Cannot read " + name + ": " + e.getMessage(), e);
		}
	}

	private static int copy(final byte[] content, final long position, final ByteBuffer buffer) {
		final int n = (int) Math.min(buffer.remaining(), content.length - position);
		if (n <= 0) return -1;
		buffer.put(content, (int) position, n);
		return n;
	}

	/** The strings of the header's metadata; empty if there are none. Unmodifiable. */
	public Map<String, String> metadata() {
		return Collections.unmodifiableMap(header.metadata());
	}

	/** The names of the tensors in the order of their data. */
	public Collection<String> names() {
		return Collections.unmodifiableSet(header.tensors().keySet());
	}

	public boolean contains(final String name) {
		return header.tensors().containsKey(name);
	}

	public TensorInfo info(final String name) {
		return slot(name).info();
	}

	/**
	 * A tensor's data in a new direct buffer, little-endian, row-major.
	 *
	 * @throws IllegalArgumentException if it is larger than a buffer can be (2 GiB - 1): use {@link #read}
	 */
	public ByteBuffer bytes(final String name) throws IOException {
		final long bytes = info(name).bytes();
		if (bytes > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("name: tensor " + name + " of " + this.name + " has " + bytes +
				" bytes, more than a buffer can hold; read it in pieces");
		}
		final ByteBuffer buffer = ByteBuffer.allocateDirect((int) bytes);
		read(name, 0, buffer);
		return buffer.flip();
	}

	/**
	 * Fills a buffer's remaining space with a tensor's data, and sets its byte order to little-endian.
	 *
	 * @param offset of the first byte wanted, from the tensor's first
	 */
	public void read(final String name, final long offset, final ByteBuffer buffer) throws IOException {
		final SafetensorsHeader.Slot slot = slot(name);
		if (offset < 0 || offset > slot.info().bytes() - buffer.remaining()) {
			throw new IllegalArgumentException("offset: " + buffer.remaining() + " bytes from " + offset +
				" on are not inside the " + slot.info().bytes() + " bytes of tensor " + name + " of " + this.name);
		}
		buffer.order(ByteOrder.LITTLE_ENDIAN);
		final long start = dataStart + slot.offset() + offset;
		final long end = start + buffer.remaining();
		while (buffer.hasRemaining()) {
			if (content.read(buffer, end - buffer.remaining()) < 0) throw new IOException(this.name + " was cut while open");
		}
	}

	/**
	 * A tensor of type F32, F16 or BF16 as floats, which hold each of its values exactly, row-major.
	 *
	 * @throws IllegalArgumentException if it has another type or more than 2^31 - 1 elements
	 */
	public float[] floats(final String name) throws IOException {
		final TensorInfo info = info(name);
		final TensorType type = info.type();
		if (type != TensorType.F32 && type != TensorType.F16 && type != TensorType.BF16) {
			throw new IllegalArgumentException("name: tensor " + name + " of " + this.name + " is " + type +
				"; F32, F16 and BF16 can be read as floats");
		}
		final float[] values = new float[Math.toIntExact(info.elements())];
		final ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(PIECE, info.bytes()));
		for (int done = 0; done < values.length;) {
			final int n = Math.min(values.length - done, piece.capacity() / type.bytes());
			read(name, (long) done * type.bytes(), piece.clear().limit(n * type.bytes()));
			decode(piece.flip(), type, values, done);
			done += n;
		}
		return values;
	}

	/** The file's path, or what else it was called. */
	@Override
	public String toString() {
		return name;
	}

	@Override
	public void close() throws IOException {
		resource.close();
	}

	private static void decode(final ByteBuffer piece, final TensorType type, final float[] values, final int start) {
		if (type == TensorType.F32) {
			final FloatBuffer floats = piece.asFloatBuffer();
			floats.get(values, start, floats.remaining());
			return;
		}
		final ShortBuffer halves = piece.asShortBuffer();
		for (int i = start; halves.hasRemaining(); i++) {
			final short half = halves.get();
			values[i] = type == TensorType.BF16 ? Float.intBitsToFloat(half << 16) : float16ToFloat(half);
		}
	}

	/** IEEE 754 binary16; {@code Float.float16ToFloat} came with Java 20. */
	static float float16ToFloat(final short half) {
		final int sign = (half & 0x8000) << 16;
		final int exponent = half >> 10 & 0x1f;
		final int fraction = half & 0x3ff;
		if (exponent == 0x1f) return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
		if (exponent == 0) return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
		return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
	}

	private SafetensorsHeader.Slot slot(final String name) {
		final SafetensorsHeader.Slot slot = header.tensors().get(name);
		if (slot == null) throw new IllegalArgumentException("name: " + this.name + " holds no tensor " + name);
		return slot;
	}

	private ByteBuffer readFully(final long position, final ByteBuffer buffer) throws IOException {
		while (buffer.hasRemaining()) {
			if (content.read(buffer, position + buffer.position()) < 0) throw new IOException("it ends too early");
		}
		return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
	}
}
