package sc.fiji.vasomim.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.files.TensorType;

/** Tensors of a device to safetensors files and back, one at a time. */
public final class TensorFile {

	private TensorFile() {}

	/** Writes named tensors of type FLOAT32 or INT64 as they are, atomically. */
	public static void write(final Path file, final Map<String, String> metadata, final Map<String, NDArray> tensors)
		throws IOException
	{
		write(file, metadata, tensors, DataType.FLOAT32);
	}

	/**
	 * Writes named tensors of type FLOAT32 or INT64, atomically.
	 *
	 * @param stored how FLOAT32 is stored: FLOAT32, or rounded to FLOAT16 in half the space
	 * @throws IllegalArgumentException if a value is beyond FLOAT16
	 */
	public static void write(final Path file, final Map<String, String> metadata, final Map<String, NDArray> tensors,
		final DataType stored) throws IOException
	{
		final List<SafetensorsWriter.Source> sources = new ArrayList<>();
		tensors.forEach((name, array) -> sources.add(new ArraySource(name, array, array
			.getDataType() == DataType.FLOAT32 ? stored : array.getDataType())));
		SafetensorsWriter.write(file, metadata, sources);
	}

	/**
	 * Reads a tensor onto the manager's device.
	 *
	 * @param shape what it must have
	 * @param type what it must have; FLOAT16 is widened to FLOAT32
	 * @throws IOException if the file lacks it, or holds another shape or type; the message names both
	 */
	public static NDArray read(final NDManager manager, final SafetensorsFile file, final String name, final Shape shape,
		final DataType type) throws IOException
	{
		if (!file.contains(name)) throw new IOException(file + " lacks the tensor " + name);
		final TensorInfo info = file.info(name);
		final long[] found = info.shape().stream().mapToLong(Long::longValue).toArray();
		final boolean half = type == DataType.FLOAT32 && info.type() == TensorType.F16;
		if (!Arrays.equals(found, shape.getShape()) || info.type() != typeOf(type) && !half) throw new IOException(file +
			": tensor " + name + " is " + info.type() + " " + info.shape() + ", but must be " + typeOf(type) + " " + shape);
		if (!half) return copy(manager, file.bytes(name), shape, type);
		try (NDArray stored = manager.create(file.bytes(name), shape, DataType.FLOAT16)) {
			return stored.toType(DataType.FLOAT32, true);
		}
	}

	/** A tensor with the buffer's values; PyTorch allocates it, aligned and not tied to the buffer's life. */
	public static NDArray copy(final NDManager manager, final ByteBuffer values, final Shape shape,
		final DataType type)
	{
		try (NDArray view = manager.create(values, shape, type)) {
			return view.duplicate();
		}
	}

	private static TensorType typeOf(final DataType type) {
		return switch (type) {
			case FLOAT32 -> TensorType.F32;
			case FLOAT16 -> TensorType.F16;
			case INT64 -> TensorType.I64;
			default -> throw new IllegalArgumentException("type: only FLOAT32, FLOAT16 and INT64 are stored, but was " +
				type);
		};
	}

	private record ArraySource(String name, NDArray array, DataType stored) implements SafetensorsWriter.Source {

		@Override
		public TensorInfo info() {
			return new TensorInfo(name, typeOf(stored), Arrays.stream(array.getShape().getShape()).boxed()
				.toList());
		}

		@Override
		public void writeTo(final FileChannel channel) throws IOException {
			// A copy even where the type stays, so that closing it never closes the caller's.
			try (NDArray converted = array.toType(stored, true)) {
				if (stored == DataType.FLOAT16 && converted.isInfinite().any().getBoolean())
					throw new IllegalArgumentException("tensor " + name + " has values beyond 65504, which FLOAT16 can't hold");
				final ByteBuffer values = converted.toByteBuffer(true);
				while (values.hasRemaining())
					channel.write(values);
			}
		}
	}
}
