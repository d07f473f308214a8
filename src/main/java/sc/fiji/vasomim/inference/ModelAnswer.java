package sc.fiji.vasomim.inference;

import ai.djl.ndarray.NDArray;

/** What a network said. */
final class ModelAnswer {

	private ModelAnswer() {}

	/**
	 * No threshold is passed by what is no number, so an image of it would look like one without vessels.
	 *
	 * @throws IllegalArgumentException if one of the values is no number
	 */
	static void requireNumbers(final NDArray values) {
		if (!Float.isFinite(values.sum().getFloat())) throw new IllegalArgumentException(
			"model: its answer has values that are no numbers: it is damaged, or its training diverged. Choose another model.");
	}
}
