package sc.fiji.vasomim.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

/**
 * An open file of named tensors, read one at a time. Opening checks the file's own description of itself; nothing is
 * read of the data until it is asked for, and no more memory is taken than the tensor asked for needs. Safe for use by
 * several threads. {@code toString} is the file's path.
 * <p>
 * Whatever is wrong with a file is an {@link IOException} that names it; asking for a tensor that it does not hold, or
 * for one as the wrong type, is an {@link IllegalArgumentException}.
 */
public interface TensorSource extends Closeable {

	/** What the file says about itself as texts: a header's metadata, a dictionary's strings. Unmodifiable. */
	Map<String, String> metadata();

	/** The names of the tensors in the file's order. Unmodifiable. */
	Collection<String> names();

	boolean contains(String name);

	TensorInfo info(String name);

	/**
	 * Fills a buffer's remaining space with a tensor's data, row-major, and sets its byte order to little-endian.
	 *
	 * @param offset of the first byte wanted, from the tensor's first; a multiple of the element's size
	 */
	void read(String name, long offset, ByteBuffer buffer) throws IOException;

	/**
	 * A tensor's data in a new direct buffer, little-endian, row-major.
	 *
	 * @throws IllegalArgumentException if it is larger than a buffer can be (2 GiB - 1): use {@link #read}
	 */
	default ByteBuffer bytes(final String name) throws IOException {
		final long bytes = info(name).bytes();
		if (bytes > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("name: tensor " + name + " of " + this + " has " + bytes +
				" bytes, more than a buffer can hold; read it in pieces");
		}
		final ByteBuffer buffer = ByteBuffer.allocateDirect((int) bytes);
		read(name, 0, buffer);
		return buffer.flip();
	}

	/**
	 * A tensor of type F32, F16 or BF16 as floats, which hold each of its values exactly, or of type F64, rounded to the
	 * nearest; row-major.
	 *
	 * @throws IllegalArgumentException if it has another type or more than 2^31 - 1 elements
	 */
	default float[] floats(final String name) throws IOException {
		final int piece = 1 << 24;
		final TensorInfo info = info(name);
		final TensorType type = info.type();
		if (!type.isFloating()) {
			throw new IllegalArgumentException("name: tensor " + name + " of " + this + " is " + type +
				"; F64, F32, F16 and BF16 can be read as floats");
		}
		final float[] values = new float[Math.toIntExact(info.elements())];
		final ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(piece, info.bytes()));
		for (int done = 0; done < values.length;) {
			final int n = Math.min(values.length - done, buffer.capacity() / type.bytes());
			read(name, (long) done * type.bytes(), buffer.clear().limit(n * type.bytes()));
			type.decode(buffer.flip(), values, done);
			done += n;
		}
		return values;
	}
}
