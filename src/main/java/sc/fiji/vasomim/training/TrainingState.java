package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.TensorFile;
import sc.fiji.vasomim.training.AdamW.Rule;

/** All that training changes: weights, moments, running sums of the losses. Saved whole, restored to the bit. */
final class TrainingState implements AutoCloseable {

	private static final String OPTIMISER = "optimiser.safetensors";

	/** The averaged weights, beside the weights themselves. */
	private static final String AVERAGE = "average.safetensors";

	private static final String LOSS_SUMS = "loss_sums";

	private final NDManager manager;

	private final Weights weights;

	private final AdamW optimiser;

	/** 0: not clipped. */
	private final double clip;

	/** Null if weights are not averaged. */
	private final MovingAverage average;

	private final List<String> lossNames;

	private final NDArray lossSums;

	/** In the order of their opening. */
	private final List<AutoCloseable> opened;

	/**
	 * How the weights are moved.
	 *
	 * @param beta1 AdamW's decay of the first moment
	 * @param beta2 of the second
	 * @param rules learning rate and decay of each parameter
	 * @param clip largest norm of all gradients together; 0: not clipped
	 * @param average decay of the moving average that becomes the model; 0: no average
	 */
	record Optimisation(double beta1, double beta2, Function<ParameterSpec, Rule> rules, double clip, double average) {

		/** All parameters alike, decay on matrices and kernels. */
		Optimisation(final double beta1, final double beta2, final double decay) {
			this(beta1, beta2, Rule.kernelDecay(decay), 0, 0);
		}
	}

	/** What a new run begins with. */
	@FunctionalInterface
	interface Beginning {

		/** @return weights that the state will own */
		Weights weights() throws IOException;

		/**
		 * Weights that are drawn, and in their place those of a start file where it has them.
		 *
		 * @param start null: all are drawn
		 * @param log where it is said what became of the start file's weights
		 */
		static Beginning of(final Network network, final long seed, final StartWeights start, final Device device,
			final Consumer<String> log)
		{
			return () -> {
				final Weights weights = Weights.initialise(network, seed, device);
				try {
					if (start != null) log.accept("Weights of the start file: " + start.giveTo(weights));
					return weights;
				}
				catch (final IOException | RuntimeException e) {
					weights.close();
					throw e;
				}
			};
		}
	}

	/**
	 * @param lossNames names of the losses that a training pass sums up
	 * @param beginning asked only for a new run
	 * @param step the step folder to restore; empty starts anew
	 */
	TrainingState(final Network network, final Beginning beginning, final Device device, final Optimisation optimisation,
		final List<String> lossNames, final Optional<Path> step) throws IOException
	{
		this.lossNames = lossNames;
		clip = optimisation.clip;
		final List<AutoCloseable> opened = new ArrayList<>();
		try (SafetensorsFile saved = step.isEmpty() ? null : SafetensorsFile.open(step.get().resolve(OPTIMISER))) {
			weights = step.isEmpty() ? beginning.weights() : read(step.get(), RunFolder.MODEL, network, device);
			opened.add(weights);
			manager = Devices.newManager(device);
			opened.add(manager);
			optimiser = new AdamW(weights, optimisation.beta1, optimisation.beta2, optimisation.rules, saved);
			opened.add(optimiser);
			average = optimisation.average == 0 ? null : new MovingAverage(step.isEmpty() ? weights.copy() : read(step.get(),
				AVERAGE, network, device), optimisation.average);
			if (average != null) opened.add(average);
			final Shape sums = new Shape(lossNames.size());
			lossSums = saved == null ? manager.zeros(sums, DataType.FLOAT32) : TensorFile.read(manager, saved, LOSS_SUMS,
				sums, DataType.FLOAT32);
		}
		catch (final IOException | RuntimeException e) {
			close(opened);
			throw e;
		}
		this.opened = opened;
	}

	private static Weights read(final Path step, final String name, final Network network, final Device device)
		throws IOException
	{
		return ModelFile.read("output", step.resolve(name), network.getClass(), device);
	}

	/** An owner for the tensors of one step. */
	NDManager newScope() {
		return manager.newSubManager();
	}

	Weights weights() {
		return weights;
	}

	/** The averaged weights where there are such, else the weights: what a model is made of. */
	Weights modelWeights() {
		return average == null ? weights : average.weights();
	}

	/** Updates the weights in place, and the average. @param step steps done, this one included */
	void step(final double learningRate, final long step) {
		if (clip > 0) optimiser.clip(clip);
		optimiser.step(learningRate);
		if (average != null) average.update(weights, step);
	}

	AdamW optimiser() {
		return optimiser;
	}

	/** One float a loss, on the device; a training pass adds to it. */
	NDArray lossSums() {
		return lossSums;
	}

	/** Waits for the device. */
	Map<String, Double> meanLosses(final int steps) {
		final float[] sums = lossSums.toFloatArray();
		final Map<String, Double> means = new LinkedHashMap<>();
		for (int i = 0; i < sums.length; i++)
			means.put(lossNames.get(i), (double) sums[i] / steps);
		return means;
	}

	void clearLosses() {
		lossSums.subi(lossSums);
	}

	void save(final Path folder, final Object provenance) throws IOException {
		ModelFile.write(folder.resolve(RunFolder.MODEL), weights, provenance);
		if (average != null) ModelFile.write(folder.resolve(AVERAGE), average.weights(), provenance);
		final Map<String, NDArray> tensors = new LinkedHashMap<>(optimiser.state());
		tensors.put(LOSS_SUMS, lossSums);
		TensorFile.write(folder.resolve(OPTIMISER), Map.of(), tensors);
	}

	@Override
	public void close() {
		close(opened);
	}

	/** All of them, whatever one says. */
	private static void close(final List<AutoCloseable> opened) {
		Collections.reverse(opened);
		final IllegalStateException failures = new IllegalStateException("Cannot give back what the training used");
		for (final AutoCloseable resource : opened)
			try {
				resource.close();
			}
			catch (final Exception e) {
				failures.addSuppressed(e);
			}
		if (failures.getSuppressed().length > 0) throw failures;
	}
}
