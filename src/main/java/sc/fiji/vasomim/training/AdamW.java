package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.TensorFile;

/**
 * AdamW (Loshchilov and Hutter 2019) over a network's trained parameters, each with a learning rate and decay of its own.
 * It owns the gradients and moments, so a run can be saved and resumed to the bit. Decay 0 is Adam.
 */
final class AdamW implements AutoCloseable {

	private static final double EPSILON = 1e-8;

	private final Script script;

	private final NDManager manager;

	private final Map<Rule, Group> groups = new LinkedHashMap<>();

	private final Map<String, NDArray> gradients = new LinkedHashMap<>();

	private final Map<String, NDArray> state = new LinkedHashMap<>();

	/**
	 * How a parameter is moved.
	 *
	 * @param rate factor of the learning rate; 0: it is not moved and has no gradient
	 * @param decay weight decay a step, as a factor of its learning rate
	 */
	record Rule(double rate, double decay) {

		static final Rule FROZEN = new Rule(0, 0);

		/** One rate for all, decay on matrices and kernels only. */
		static Function<ParameterSpec, Rule> kernelDecay(final double decay) {
			return parameter -> new Rule(1, parameter.decays() ? decay : 0);
		}
	}

	/** Parameters that share a rule, with what the fused kernel needs beside them. */
	private record Group(List<NDArray> weights, List<NDArray> gradients, List<NDArray> first, List<NDArray> second,
		List<NDArray> steps)
	{

		private Group() {
			this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		}
	}

	/**
	 * @param rules of each trained parameter
	 * @param saved the {@link #state} of an earlier run; null starts anew
	 * @throws IOException if {@code saved} does not fit the weights
	 */
	AdamW(final Weights weights, final double beta1, final double beta2,
		final Function<ParameterSpec, Rule> rules, final SafetensorsFile saved) throws IOException
	{
		script = Script.load("optimiser", "AdamW", Map.of("beta1", beta1, "beta2", beta2, "epsilon", EPSILON), weights
			.device());
		manager = Devices.newManager(weights.device());
		try {
			for (final ParameterSpec parameter : weights.network().parameters()) {
				final Rule rule = rules.apply(parameter);
				if (parameter.role() == Role.TRAINED && rule.rate > 0) add(parameter, weights.all().get(parameter.name()), groups
					.computeIfAbsent(rule, r -> new Group()), saved);
			}
		}
		catch (final IOException | RuntimeException e) {
			close();
			throw e;
		}
	}

	private void add(final ParameterSpec parameter, final NDArray weight, final Group group, final SafetensorsFile saved)
		throws IOException
	{
		final String name = parameter.name();
		final NDArray gradient = manager.zeros(parameter.shape(), DataType.FLOAT32);
		gradients.put(name, gradient);
		group.weights.add(weight);
		group.gradients.add(gradient);
		group.first.add(keep("first." + name, parameter.shape(), saved));
		group.second.add(keep("second." + name, parameter.shape(), saved));
		group.steps.add(keep("steps." + name, new Shape(), saved));
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

	/** Scales all gradients, so that their common Euclidean norm is at most this. */
	void clip(final double norm) {
		try (NDManager scope = manager.newSubManager()) {
			script.call(scope, "clip", new ArrayList<>(gradients.values()), norm);
		}
	}

	/** One update of all parameters in place. */
	void step(final double learningRate) {
		try (NDManager scope = manager.newSubManager()) {
			groups.forEach((rule, g) -> script.call(scope, "step", g.weights, g.gradients, g.first, g.second, g.steps, rule.rate *
				learningRate, rule.decay));
		}
	}

	/** Whether all weights and moments are numbers; waits for the device. */
	boolean isFinite() {
		try (NDManager scope = manager.newSubManager()) {
			for (final Group g : groups.values())
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
