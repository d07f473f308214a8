package sc.fiji.vasomim.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** The element types of tensors that this project reads and writes, by the names of a safetensors file. */
public enum TensorType {
	BOOL(1), U8(1), F16(2), BF16(2), I32(4), F32(4), F64(8), I64(8);

	private final int bytes;

	TensorType(final int bytes) {
		this.bytes = bytes;
	}

	/** The size of one element in bytes. */
	public int bytes() {
		return bytes;
	}

	/** Whether it holds fractions: F16, BF16, F32 or F64. */
	public boolean isFloating() {
		return this == F16 || this == BF16 || this == F32 || this == F64;
	}

	/** Decodes the remaining little-endian elements of this floating type into {@code values} from {@code start} on. */
	void decode(final ByteBuffer elements, final float[] values, final int start) {
		elements.order(ByteOrder.LITTLE_ENDIAN);
		if (this == F32) {
			final FloatBuffer floats = elements.asFloatBuffer();
			floats.get(values, start, floats.remaining());
		}
		else if (this == F64) {
			final DoubleBuffer doubles = elements.asDoubleBuffer();
			for (int i = start; doubles.hasRemaining(); i++) values[i] = (float) doubles.get();
		}
		else {
			final ShortBuffer halves = elements.asShortBuffer();
			for (int i = start; halves.hasRemaining(); i++) {
				final short half = halves.get();
				values[i] = this == BF16 ? Float.intBitsToFloat(half << 16) : float16ToFloat(half);
			}
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
}
