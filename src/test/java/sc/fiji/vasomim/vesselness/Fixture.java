package sc.fiji.vasomim.vesselness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * An array of src/test/resources/vesselness, read from numpy's .npy format.
 *
 * @param shape as numpy says it: (height, width) for images
 * @param values in C order
 */
public record Fixture(int[] shape, float[] values) {

	private static final Pattern HEADER = Pattern.compile("'descr': '(<f4|<u2|\\|u1)'.*'shape': \\(([^)]*)\\)");

	/** @param name folder and name without the ending */
	public static Fixture read(final String name) {
		try (InputStream in = Fixture.class.getResourceAsStream("/vesselness/" + name + ".npy")) {
			final ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
			final int start = 10 + bytes.getShort(8);
			final Matcher header = HEADER.matcher(new String(bytes.array(), 10, start - 10, StandardCharsets.US_ASCII));
			if (!header.find()) throw new IllegalStateException(name + " has an unknown header");
			final int[] shape = Arrays.stream(header.group(2).split(",\\s*")).mapToInt(Integer::parseInt).toArray();
			final float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
			bytes.position(start);
			for (int i = 0; i < values.length; i++)
				values[i] = switch (header.group(1)) {
					case "<f4" -> bytes.getFloat();
					case "<u2" -> bytes.getShort() & 0xffff;
					default -> bytes.get() & 0xff;
				};
			return new Fixture(shape, values);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public int width() {
		return shape[shape.length - 1];
	}

	public int height() {
		return shape[shape.length - 2];
	}

	public Img<FloatType> floats() {
		return shape.length == 2 ? ArrayImgs.floats(values.clone(), width(), height()) : ArrayImgs.floats(values
			.clone(), width(), height(), shape[0]);
	}

	public Img<UnsignedByteType> bytes() {
		final byte[] bytes = new byte[values.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) values[i];
		return ArrayImgs.unsignedBytes(bytes, width(), height());
	}

	public Img<UnsignedShortType> shorts() {
		final short[] shorts = new short[values.length];
		for (int i = 0; i < shorts.length; i++)
			shorts[i] = (short) values[i];
		return ArrayImgs.unsignedShorts(shorts, width(), height());
	}

	/** Largest absolute value. */
	float max() {
		float max = 0;
		for (final float value : values)
			max = Math.max(max, Math.abs(value));
		return max;
	}
}
