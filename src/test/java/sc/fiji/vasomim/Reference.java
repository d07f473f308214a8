package sc.fiji.vasomim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.torch.TensorFile;

/** Numbers of src/test/resources/reference, made by src/test/python/mae_reference.py, and how to compare with them. */
public final class Reference implements AutoCloseable {

	private final SafetensorsFile file;

	public Reference(final String name) throws IOException {
		this(path(name + ".safetensors"));
	}

	public Reference(final Path path) throws IOException {
		file = SafetensorsFile.open(path);
	}

	/** A file of the folder. */
	public static Path path(final String name) {
		try {
			return Path.of(Reference.class.getResource("/reference/" + name).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	public SafetensorsFile file() {
		return file;
	}

	/** Floats, bytes, booleans and integers with their own type. */
	public NDArray tensor(final NDManager manager, final String name) throws IOException {
		final TensorInfo info = file.info(name);
		final Shape shape = new Shape(info.shape());
		final DataType type = switch (info.type()) {
			case F32 -> DataType.FLOAT32;
			case U8 -> DataType.UINT8;
			case BOOL -> DataType.BOOLEAN;
			case I64 -> DataType.INT64;
			default -> throw new IllegalArgumentException(info.toString());
		};
		return TensorFile.copy(manager, file.bytes(name), shape, type);
	}

	/** The values of a tensor of any type. */
	public double[] values(final String name) throws IOException {
		final ByteBuffer bytes = file.bytes(name);
		final double[] values = new double[(int) file.info(name).elements()];
		for (int i = 0; i < values.length; i++)
			values[i] = switch (file.info(name).type()) {
				case F32 -> bytes.getFloat();
				case I64 -> bytes.getLong();
				default -> bytes.get() & 0xff;
			};
		return values;
	}

	/** The names that begin with a prefix, without it. */
	public List<String> names(final String prefix) {
		return file.names().stream().filter(n -> n.startsWith(prefix)).map(n -> n.substring(prefix.length())).sorted()
			.toList();
	}

	/** Largest difference, relative to the largest value; infinite where the shapes or a NaN forbid to compare. */
	public double error(final String name, final NDArray actual) throws IOException {
		if (!file.info(name).shape().equals(shape(actual))) return Double.POSITIVE_INFINITY;
		return relativeError(values(name), doubles(actual));
	}

	public void assertClose(final String name, final NDArray actual, final double tolerance) throws IOException {
		assertEquals(file.info(name).shape(), shape(actual), name);
		final double error = error(name, actual);
		assertTrue(error <= tolerance, name + " is off by " + error + " of its largest value");
	}

	public static double relativeError(final double[] expected, final double[] actual) {
		double largest = 0;
		double difference = 0;
		for (int i = 0; i < expected.length; i++) {
			if (Double.isNaN(actual[i])) return Double.POSITIVE_INFINITY;
			largest = Math.max(largest, Math.abs(expected[i]));
			difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
		}
		return difference / largest;
	}

	/** Fills tensors with the values that the references draw from their names; position tables stay as they are. */
	public static void scramble(final Map<String, NDArray> tensors) {
		tensors.forEach((name, tensor) -> {
			if (!name.equals("pos_embed") && tensor.getShape().dimension() > 0) scramble(name, tensor);
		});
	}

	private static void scramble(final String name, final NDArray tensor) {
		tensor.set(FloatBuffer.wrap(drawn(name, tensor.getShape().getShape())));
	}

	/** The values that the references draw for a tensor from its name. */
	public static float[] drawn(final String name, final long... shape) {
		final CRC32 crc = new CRC32();
		crc.update(name.getBytes(StandardCharsets.US_ASCII));
		final float[] values = new float[Math.toIntExact(new Shape(shape).size())];
		final double fanIn = shape.length == 0 ? 1 : values.length / (double) shape[0];
		for (int i = 0; i < values.length; i++) {
			int h = (int) crc.getValue() + i;
			h = (h ^ h >>> 16) * 0x85ebca6b;
			h = (h ^ h >>> 13) * 0xc2b2ae35;
			final double u = (((h ^ h >>> 16) >>> 8) + 0.5) / (1 << 23) - 1;
			if (shape.length > 1) values[i] = (float) (u * Math.sqrt(3 / fanIn));
			else if (name.endsWith("running_var")) values[i] = (float) (1.25 + 0.75 * u);
			else values[i] = (float) ((name.endsWith("weight") ? 1 : 0) + 0.25 * u);
		}
		return values;
	}

	public static double[] doubles(final NDArray array) {
		return array.toType(DataType.FLOAT64, true).toDoubleArray();
	}

	private static List<Long> shape(final NDArray array) {
		final List<Long> shape = new ArrayList<>();
		for (final long axis : array.getShape().getShape())
			shape.add(axis);
		return shape;
	}

	@Override
	public void close() throws IOException {
		file.close();
	}
}
