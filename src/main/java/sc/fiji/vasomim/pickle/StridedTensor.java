package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A view of a storage: element (i, j, ...) is the storage's number offset + i stride[0] + j stride[1] + ... Every one
 * lies inside of the storage, and there are no more of them than the storage has.
 */
record StridedTensor(Storage storage, long offset, List<Long> shape, List<Long> stride) {

	/** PyTorch's own bound. */
	private static final int MOST_AXES = 64;

	/** @param args storage, offset, shape, stride, then in some: requires_grad, hooks, metadata */
	static StridedTensor rebuild(final List<?> args) throws IOException {
		if (args.size() < 4 || args.size() > 7 || !(args.get(0) instanceof Storage) || !(args.get(1) instanceof Long))
			throw new IOException("its pickle has a tensor without storage, offset, shape and stride");
		if (args.size() == 7 && args.get(6) != null) throw new IOException(
			"it has a conjugated or negated view; call resolve_neg() before saving it");
		final List<Long> shape = numbers(args.get(2));
		final List<Long> stride = numbers(args.get(3));
		final StridedTensor tensor = new StridedTensor((Storage) args.get(0), (Long) args.get(1), shape, stride);
		if (shape.size() != stride.size() || tensor.offset < 0 || !tensor.fits()) throw new IOException(
			"its pickle has a tensor of shape " + shape + ", stride " + stride + ", offset " + tensor.offset +
				" in a storage of " + tensor.storage.elements() +
				" elements, where it does not fit; save contiguous copies of expanded tensors");
		return tensor;
	}

	private static List<Long> numbers(final Object tuple) throws IOException {
		if (!(tuple instanceof List<?>) || ((List<?>) tuple).size() > MOST_AXES) throw new IOException(
			"its pickle has a tensor whose shape is no short list of numbers");
		final List<Long> numbers = new ArrayList<>(((List<?>) tuple).size());
		for (final Object number : (List<?>) tuple) {
			if (!(number instanceof Long) || (Long) number < 0) throw new IOException(
				"its pickle has a tensor whose shape or stride is not of numbers from 0 on");
			numbers.add((Long) number);
		}
		return numbers;
	}

	private boolean fits() {
		try {
			return elements() <= storage.elements() && (elements() == 0 || last() < storage.elements());
		}
		catch (final ArithmeticException e) {
			return false;
		}
	}

	long elements() {
		if (shape.contains(0L)) return 0;
		long elements = 1;
		for (final long axis : shape) elements = Math.multiplyExact(elements, axis);
		return elements;
	}

	/** The storage's number of the last element; for tensors that are not empty. */
	long last() {
		long last = offset;
		for (int i = 0; i < shape.size(); i++)
			last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, stride.get(i)));
		return last;
	}

	/** Whether its elements follow one another in the storage. */
	boolean isContiguous() {
		long expected = 1;
		for (int i = shape.size() - 1; i >= 0; i--) {
			if (shape.get(i) != 1 && stride.get(i) != expected) return false;
			expected *= shape.get(i);
		}
		return true;
	}

	/**
	 * Copies elements in row-major order.
	 *
	 * @param span the storage's bytes from element {@link #offset} to {@link #last}
	 * @param first number of the first element to copy
	 * @param target is filled to its limit with whole elements
	 */
	void gather(final ByteBuffer span, final long first, final ByteBuffer target) {
		final int size = storage.type().bytes();
		final long[] index = new long[shape.size()];
		long rest = first;
		for (int i = index.length - 1; i >= 0; i--) {
			index[i] = rest % shape.get(i);
			rest /= shape.get(i);
		}
		while (target.hasRemaining()) {
			long place = 0;
			for (int i = 0; i < index.length; i++) place += index[i] * stride.get(i);
			for (int b = 0; b < size; b++) target.put(span.get((int) place * size + b));
			for (int i = index.length - 1; i >= 0 && ++index[i] == shape.get(i); i--) index[i] = 0;
		}
	}
}
