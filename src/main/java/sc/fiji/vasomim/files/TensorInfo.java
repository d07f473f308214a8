package sc.fiji.vasomim.files;

import java.util.List;

/**
 * Name, element type and shape of a tensor in a safetensors file.
 *
 * @param shape lengths of the axes, slowest first; empty for a single number; a length of 0 is allowed
 */
public record TensorInfo(String name, TensorType type, List<Long> shape) {

	/**
	 * @throws IllegalArgumentException if an axis is negative or the tensor has more than 2^63 - 1 bytes
	 */
	public TensorInfo {
		shape = List.copyOf(shape);
		if (name.equals(SafetensorsHeader.METADATA)) {
			throw new IllegalArgumentException("name: a tensor cannot be called " + name + "; choose another");
		}
		bytes(name, type, shape);
	}

	/** The number of elements. */
	public long elements() {
		return bytes() / type.bytes();
	}

	/** The size of the data in bytes. */
	public long bytes() {
		return bytes(name, type, shape);
	}

	private static long bytes(final String name, final TensorType type, final List<Long> shape) {
		if (shape.stream().anyMatch(axis -> axis < 0)) {
			throw new IllegalArgumentException("shape of " + name + ": no axis may be negative, but it is " + shape);
		}
		if (shape.contains(0L)) return 0;
		try {
			long bytes = type.bytes();
			for (final long axis : shape) bytes = Math.multiplyExact(bytes, axis);
			return bytes;
		}
		catch (final ArithmeticException e) {
			throw new IllegalArgumentException("shape of " + name + ": too large to have a size, " + shape, e);
		}
	}
}
