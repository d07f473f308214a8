package sc.fiji.vasomim.torch;

import java.util.Locale;

import ai.djl.Device;

/**
 * The type of matrix products and convolutions, and of the BatchNorms between convolutions; weights, residual stream,
 * LayerNorm and losses are always float32.
 */
public enum Precision {
	FLOAT32(6), BFLOAT16(15);

	private final int kind;

	Precision(final int kind) {
		this.kind = kind;
	}

	/** @param name {@code auto} (bfloat16 on a GPU, else float32), {@code float32} or {@code bfloat16} */
	public static Precision parse(final String name, final Device device) {
		if ("auto".equals(name)) return device.isGpu() ? BFLOAT16 : FLOAT32;
		for (final Precision precision : values())
			if (precision.toString().equals(name)) return precision;
		throw new IllegalArgumentException("precision: must be auto, float32 or bfloat16, but was " + name);
	}

	/** As users write it. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** PyTorch's number of the type, an attribute of every network's script. */
	public int kind() {
		return kind;
	}
}
