package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes tensors of any size as a safetensors file: eight bytes with the header's length, the header in JSON, the
 * data, all little-endian. One tensor is in memory at a time, or one piece of it. The order is that of the Python
 * package (widest element type first, then by name), so the same tensors give the same bytes.
 */
public final class SafetensorsWriter {

	/** A tensor whose data are made when their turn comes. */
	public interface Source {

		TensorInfo info();

		/** Writes exactly {@code info().bytes()} bytes, little-endian, in row-major order. */
		void writeTo(FileChannel channel) throws IOException;
	}

	private SafetensorsWriter() {}

	/** Values that are made when their turn comes. */
	@FunctionalInterface
	public interface Floats {

		float[] make() throws IOException;
	}

	/** A source of type F32 over the given values, which are read when the file is written. */
	public static Source floats(final String name, final float[] values, final long... shape) {
		final TensorInfo info = info(name, TensorType.F32, shape);
		if (info.elements() != values.length) {
			throw new IllegalArgumentException("shape of " + name + ": " + info.shape() + " does not fit " +
				values.length + " values");
		}
		return floats(name, () -> values, shape);
	}

	/** A source of type F32 whose values are made when the file is written, and not kept. */
	public static Source floats(final String name, final Floats maker, final long... shape) {
		final TensorInfo info = info(name, TensorType.F32, shape);
		return new Source() {

			@Override
			public TensorInfo info() {
				return info;
			}

			@Override
			public void writeTo(final FileChannel channel) throws IOException {
				final float[] values = maker.make();
				final ByteBuffer piece = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
				for (int done = 0; done < values.length; done += piece.capacity() / Float.BYTES) {
					final int n = Math.min(values.length - done, piece.capacity() / Float.BYTES);
					piece.clear().limit(n * Float.BYTES);
					piece.asFloatBuffer().put(values, done, n);
					writeFully(channel, piece);
				}
			}
		};
	}

	/** A source that copies a tensor of another file as it is, piece by piece. */
	public static Source copy(final TensorSource from, final String name) {
		return new Source() {

			@Override
			public TensorInfo info() {
				return from.info(name);
			}

			@Override
			public void writeTo(final FileChannel channel) throws IOException {
				final long bytes = info().bytes();
				final ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(1 << 20, bytes));
				for (long done = 0; done < bytes; done += piece.limit()) {
					from.read(name, done, piece.clear().limit((int) Math.min(piece.capacity(), bytes - done)));
					writeFully(channel, piece.flip());
				}
			}
		};
	}

	/** A source over the remaining bytes of a buffer, little-endian; position and limit of the buffer are kept. */
	public static Source bytes(final String name, final TensorType type, final ByteBuffer values, final long... shape) {
		final TensorInfo info = info(name, type, shape);
		if (info.bytes() != values.remaining()) {
			throw new IllegalArgumentException("shape of " + name + ": " + info.shape() + " of " + type +
				" does not fit " + values.remaining() + " bytes");
		}
		return new Source() {

			@Override
			public TensorInfo info() {
				return info;
			}

			@Override
			public void writeTo(final FileChannel channel) throws IOException {
				writeFully(channel, values.duplicate());
			}
		};
	}

	/**
	 * Writes the file by {@link AtomicFile}.
	 *
	 * @param metadata goes into the header as it is
	 * @throws IllegalArgumentException if two tensors have one name
	 * @throws IOException if the disk refuses, or a source fails or writes more or fewer bytes than it announced
	 */
	public static void write(final Path file, final Map<String, String> metadata,
		final Collection<? extends Source> tensors) throws IOException
	{
		final List<Source> sources = new ArrayList<>(tensors);
		sources.sort(Comparator.comparing((final Source source) -> source.info().type()).reversed()
			.thenComparing(source -> source.info().name()));
		final Map<String, SafetensorsHeader.Slot> slots = new LinkedHashMap<>();
		long offset = 0;
		for (final Source source : sources) {
			final TensorInfo info = source.info();
			if (slots.put(info.name(), new SafetensorsHeader.Slot(info, offset)) != null) {
				throw new IllegalArgumentException("tensors: two are named " + info.name() + "; rename one");
			}
			offset = Math.addExact(offset, info.bytes());
		}
		final byte[] header = new SafetensorsHeader(metadata, slots).toBytes();
		final long most = SafetensorsHeader.most(Math.addExact(offset, 8L + header.length));
		if (header.length > most) {
			throw new IllegalArgumentException("tensors: names and metadata need " + header.length +
				" bytes; beside " + offset + " bytes of data, " + most + " can be read back");
		}
		AtomicFile.writeChannel(file, channel -> {
			writeFully(channel, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length));
			writeFully(channel, ByteBuffer.wrap(header));
			for (final Source source : sources) {
				final long begin = channel.position();
				source.writeTo(channel);
				final long written = channel.position() - begin;
				if (written != source.info().bytes()) {
					throw new IOException("tensor " + source.info().name() + " has " + source.info().bytes() +
						" bytes, but " + written + " were written");
				}
			}
		});
	}

	private static TensorInfo info(final String name, final TensorType type, final long[] shape) {
		final List<Long> axes = new ArrayList<>();
		for (final long axis : shape) axes.add(axis);
		return new TensorInfo(name, type, axes);
	}

	private static void writeFully(final FileChannel channel, final ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) channel.write(bytes);
	}
}
