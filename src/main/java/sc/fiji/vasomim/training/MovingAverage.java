package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/**
 * An exponential moving average of a network's weights, BatchNorm's statistics included: less noisy than the weights of
 * any one step. Owns the averaged weights.
 */
final class MovingAverage implements AutoCloseable {

	private final Weights average;

	private final double decay;

	private final Script script;

	/**
	 * @param average starts as the network's own weights; closed with this
	 * @param decay share of the average that a step keeps, 0..1; less during the first steps
	 */
	MovingAverage(final Weights average, final double decay) {
		this.average = average;
		this.decay = decay;
		script = Script.load("optimiser", "MovingAverage", Map.of(), average.device());
	}

	Weights weights() {
		return average;
	}

	/** @param step steps done, this one included */
	void update(final Weights weights, final long step) {
		final double kept = Math.min(decay, (1.0 + step) / (10 + step));
		final List<NDArray> to = new ArrayList<>();
		final List<NDArray> from = new ArrayList<>();
		weights.all().forEach((name, array) -> {
			// Counters are not averaged: nothing reads them.
			if (array.getDataType() != DataType.FLOAT32) return;
			to.add(average.all().get(name));
			from.add(array);
		});
		try (NDManager scope = Devices.newManager(average.device())) {
			script.call(scope, "update", to, from, 1 - kept);
		}
	}

	@Override
	public void close() {
		script.close();
		average.close();
	}
}
