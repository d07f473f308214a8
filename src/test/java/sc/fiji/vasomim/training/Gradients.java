package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.dataset.CropPlan;

/** What the tests of both training passes share: how gradients are compared, and batches that are not cut. */
final class Gradients {

	/** Far above the rounding of the float64 reference, far below any gradient in it. */
	private static final double ZERO = 1e-12;

	/** To which each entry shall be right, of itself. */
	private static final double RELATIVE = 1e-4;

	private Gradients() {}

	/** One zero gradient for each that the reference has. */
	static Map<String, NDArray> zeros(final NDManager manager, final Reference reference) throws IOException {
		final Map<String, NDArray> zeros = new LinkedHashMap<>();
		for (final String name : reference.names("gradient."))
			zeros.put(name, manager.zeros(new Shape(reference.file().info("gradient." + name).shape()), DataType.FLOAT32));
		return zeros;
	}

	/**
	 * The largest error of all gradients, relative to the largest value of its tensor. Gradients that are zero by
	 * mathematics are rounding in both computations and are compared with the largest of all instead: the bias before a
	 * BatchNorm, which takes it out again, and the key part of {@code qkv.bias}, of which softmax takes no notice.
	 */
	static double error(final Reference reference, final Map<String, NDArray> gradients) throws IOException {
		double error = 0;
		double largestOfAll = 0;
		double largestZero = 0;
		for (final String name : gradients.keySet()) {
			final double[] expected = reference.values("gradient." + name);
			final double[] actual = Reference.doubles(gradients.get(name));
			final double largest = largest(expected);
			largestOfAll = Math.max(largestOfAll, largest);
			if (largest > ZERO) error = Math.max(error, Reference.relativeError(expected, actual));
			else largestZero = Math.max(largestZero, largest(actual));
		}
		return Math.max(error, largestZero / largestOfAll);
	}

	/** The smallest c for which every entry is right to 1e-4 of itself plus c of its tensor's largest. */
	static double floor(final Reference reference, final String prefix, final Map<String, NDArray> gradients)
		throws IOException
	{
		double floor = 0;
		for (final String name : gradients.keySet()) {
			final double[] expected = reference.values(prefix + name);
			final double[] actual = Reference.doubles(gradients.get(name));
			final double largest = largest(expected);
			for (int i = 0; i < expected.length && largest > ZERO; i++)
				floor = Math.max(floor, (Math.abs(actual[i] - expected[i]) - RELATIVE * Math.abs(expected[i])) / largest);
		}
		return floor;
	}

	/** Of the entries above 1e-5 of their tensor's largest, the share that is off by more than 1e-4 of itself. */
	static double shareBeyond(final Reference reference, final String prefix, final Map<String, NDArray> gradients)
		throws IOException
	{
		long beyond = 0;
		long entries = 0;
		for (final String name : gradients.keySet()) {
			final double[] expected = reference.values(prefix + name);
			final double[] actual = Reference.doubles(gradients.get(name));
			final double least = Math.max(1e-5 * largest(expected), ZERO);
			for (int i = 0; i < expected.length; i++) {
				if (Math.abs(expected[i]) <= least) continue;
				entries++;
				if (Math.abs(actual[i] - expected[i]) > RELATIVE * Math.abs(expected[i])) beyond++;
			}
		}
		return beyond / (double) entries;
	}

	private static double largest(final double[] values) {
		return Arrays.stream(values).map(Math::abs).max().getAsDouble();
	}

	/** B x 4: whole images. */
	static NDArray wholeImages(final NDManager manager, final int images, final int size) {
		final CropPlan whole = CropPlan.whole(size, size);
		final NDArray box = manager.create(new float[] { whole.top(), whole.left(), whole.height(), whole.width() });
		return box.reshape(1, 4).repeat(0, images);
	}

	static boolean allZero(final List<NDArray> arrays) {
		return arrays.stream().allMatch(a -> a.abs().max().toFloatArray()[0] == 0);
	}
}
