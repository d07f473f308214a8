package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.TensorFile;

/**
 * AdamW (Loshchilov and Hutter 2019) over a network's trained parameters, with decay on matrices and kernels only. It
 * owns the gradients and moments, so a run can be saved and resumed to the bit. Decay 0 is Adam.
 */
final class AdamW implements AutoCloseable {

	private static final double EPSILON = 1e-8;

	private final Script script;

	private final NDManager manager;

	private final List<Group> groups = new ArrayList<>();

	private final Map<String, NDArray> gradients = new LinkedHashMap<>();

	private final Map<String, NDArray> state = new LinkedHashMap<>();

	/** Parameters that share one decay, with what the fused kernel needs beside them. */
	private record Group(List<NDArray> weights, List<NDArray> gradients, List<NDArray> first, List<NDArray> second,
		List<NDArray> steps, double decay)
	{}

	/**
	 * @param saved the {@link #state} of an earlier run; null starts anew
	 * @throws IOException if {@code saved} does not fit the weights
	 */
	AdamW(final Weights weights, final double beta1, final double beta2, final double decay,
		final SafetensorsFile saved) throws IOException
	{
		script = Script.load("optimiser", "AdamW", Map.of("beta1", beta1, "beta2", beta2, "epsilon", EPSILON), weights
			.device());
		manager = Devices.newManager(weights.device());
		try {
			addGroup(weights.trained(true), decay, saved);
			addGroup(weights.trained(false), 0, saved);
		}
		catch (final IOException | RuntimeException e) {
			close();
			throw e;
		}
	}

	private void addGroup(final Map<String, NDArray> weights, final double decay, final SafetensorsFile saved)
		throws IOException
	{
		final Group group = new Group(new ArrayList<>(weights.values()), new ArrayList<>(), new ArrayList<>(),
			new ArrayList<>(), new ArrayList<>(), decay);
		for (final Map.Entry<String, NDArray> weight : weights.entrySet()) {
			final String name = weight.getKey();
			final Shape shape = weight.getValue().getShape();
			final NDArray gradient = manager.zeros(shape, DataType.FLOAT32);
			gradients.put(name, gradient);
			group.gradients.add(gradient);
			group.first.add(keep("first." + name, shape, saved));
			group.second.add(keep("second." + name, shape, saved));
			group.steps.add(keep("steps." + name, new Shape(), saved));
		}
		groups.add(group);
	}

	private NDArray keep(final String name, final Shape shape, final SafetensorsFile saved) throws IOException {
		final NDArray array = saved == null ? manager.zeros(shape, DataType.FLOAT32) : TensorFile.read(manager, saved, name,
			shape, DataType.FLOAT32);
		state.put(name, array);
		return array;
	}

	/** Where a training pass adds its gradients, by parameter name; zero after each {@link #step}. */
	Map<String, NDArray> gradients() {
		return gradients;
	}

	/** Moments and step counts by name: what must be saved for a resume. */
	Map<String, NDArray> state() {
		return state;
	}

	/** One update of all parameters in place. */
	void step(final double learningRate) {
		try (NDManager scope = manager.newSubManager()) {
			for (final Group g : groups)
				script.call(scope, "step", g.weights, g.gradients, g.first, g.second, g.steps, learningRate, g.decay);
		}
	}

	/** Whether all weights and moments are numbers; waits for the device. */
	boolean isFinite() {
		try (NDManager scope = manager.newSubManager()) {
			for (final Group g : groups)
				for (final List<NDArray> arrays : List.of(g.weights, g.first, g.second))
					if (!script.call(scope, "finite", arrays).get(0).getBoolean()) return false;
			return true;
		}
	}

	@Override
	public void close() {
		script.close();
		manager.close();
	}
}
