package sc.fiji.vasomim.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/** An open safetensors file. Opening checks the whole header. */
public final class SafetensorsFile implements TensorSource {

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
		if (length < 2 || length > Math.min(SafetensorsHeader.most(size), size - 8)) {
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

	/** The strings of the header's metadata; empty if there are none. */
	@Override
	public Map<String, String> metadata() {
		return Collections.unmodifiableMap(header.metadata());
	}

	/** In the order of their data. */
	@Override
	public Collection<String> names() {
		return Collections.unmodifiableSet(header.tensors().keySet());
	}

	@Override
	public boolean contains(final String name) {
		return header.tensors().containsKey(name);
	}

	@Override
	public TensorInfo info(final String name) {
		return slot(name).info();
	}

	@Override
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

	/** The file's path, or what else it was called. */
	@Override
	public String toString() {
		return name;
	}

	@Override
	public void close() throws IOException {
		resource.close();
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
