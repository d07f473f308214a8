package sc.fiji.vasomim.files;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in numpy's format (NEP 1, versions 1 to 3), read from front to back: float64, float32 and uint8, little-endian,
 * in C order. Anything else is refused; pickled objects above all, which are programs. Nothing is allocated by the
 * header's word alone but its own text of at most 64 KiB.
 */
final class NpyArray implements Closeable {

	private static final String MAGIC = "\u0093NUMPY";

	private static final int MAX_HEADER = 1 << 16;

	/** As numpy writes it: the keys sorted. */
	private static final Pattern HEADER = Pattern.compile(
		"\\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \\(((?:\\d{1,10}, ?)*(?:\\d{1,10})?)\\), ?\\}\\s*");

	private final DataInputStream stream;

	private final String type;

	private final int[] shape;

	/** @param stream is closed with the array */
	NpyArray(final InputStream stream) throws IOException {
		this.stream = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
		final byte[] magic = new byte[MAGIC.length()];
		this.stream.readFully(magic);
		if (!new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC)) throw new IOException("it is no numpy array");
		final int version = this.stream.readUnsignedByte();
		this.stream.readUnsignedByte();
		if (version < 1 || version > 3) throw new IOException("numpy's format " + version + " is not known");
		final int low = Short.reverseBytes(this.stream.readShort()) & 0xffff;
		final int high = version == 1 ? 0 : this.stream.readUnsignedByte() | this.stream.readUnsignedByte();
		if (high != 0) throw new IOException("the header of its numpy array is damaged");
		final byte[] text = new byte[Math.min(low, MAX_HEADER)];
		this.stream.readFully(text);
		final Matcher header = HEADER.matcher(new String(text, StandardCharsets.ISO_8859_1));
		if (!header.matches()) throw new IOException("the header of its numpy array is damaged or of structured values");
		type = header.group(1);
		if (type.contains("O")) throw new IOException(
			"its array holds pickled Python objects, which are programs and never opened");
		if (bytes() == 0 || header.group(2).equals("True")) throw new IOException(
			"its array must be of float64, float32 or uint8, little-endian, in C order");
		shape = shape(header.group(3));
	}

	private static int[] shape(final String text) throws IOException {
		final long[] shape = text.isBlank() ? new long[0] : Arrays.stream(text.split(",")).filter(s -> !s.isBlank())
			.mapToLong(s -> Long.parseLong(s.trim())).toArray();
		for (final long extent : shape)
			if (extent > Integer.MAX_VALUE) throw new IOException("an axis of its numpy array has " + extent + " entries");
		return Arrays.stream(shape).mapToInt(extent -> (int) extent).toArray();
	}

	/** Extents, the slowest axis first. */
	int[] shape() {
		return shape.clone();
	}

	/** Bytes of a value: 8, 4 or 1; 0 for a type that is not read. */
	int bytes() {
		switch (type) {
			case "<f8":
				return 8;
			case "<f4":
				return 4;
			case "|u1":
				return 1;
			default:
				return 0;
		}
	}

	/**
	 * Fills an array with the next values, float64 rounded to float32.
	 *
	 * @throws EOFException if there are not as many
	 */
	void read(final float[] values) throws IOException {
		final byte[] packed = new byte[Math.multiplyExact(values.length, bytes())];
		stream.readFully(packed);
		final ByteBuffer buffer = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < values.length; i++)
			values[i] = bytes() == 8 ? (float) buffer.getDouble() : bytes() == 4 ? buffer.getFloat() : buffer.get() & 0xff;
	}

	@Override
	public void close() throws IOException {
		stream.close();
	}
}
