package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.TensorFile;

/** All that training changes: weights, moments, running sums of the losses. Saved whole, restored to the bit. */
final class TrainingState implements AutoCloseable {

	private static final String OPTIMISER = "optimiser.safetensors";

	private static final String LOSS_SUMS = "loss_sums";

	private final NDManager manager;

	private final Weights weights;

	private final AdamW optimiser;

	private final List<String> lossNames;

	private final NDArray lossSums;

	/**
	 * @param lossNames names of the losses that a training pass sums up
	 * @param step the step folder to restore; empty starts anew from the seed
	 */
	TrainingState(final Network network, final long seed, final Device device, final double beta1, final double beta2,
		final double decay, final List<String> lossNames, final Optional<Path> step) throws IOException
	{
		this.lossNames = lossNames;
		weights = step.isEmpty() ? Weights.initialise(network, seed, device) : ModelFile.read("output", step.get().resolve(
			RunFolder.MODEL), network.getClass(), device);
		manager = Devices.newManager(device);
		AdamW adam = null;
		try (SafetensorsFile saved = step.isEmpty() ? null : SafetensorsFile.open(step.get().resolve(OPTIMISER))) {
			adam = new AdamW(weights, beta1, beta2, decay, saved);
			optimiser = adam;
			final Shape sums = new Shape(lossNames.size());
			lossSums = saved == null ? manager.zeros(sums, DataType.FLOAT32) : TensorFile.read(manager, saved, LOSS_SUMS,
				sums, DataType.FLOAT32);
		}
		catch (final IOException | RuntimeException e) {
			if (adam != null) adam.close();
			manager.close();
			weights.close();
			throw e;
		}
	}

	/** An owner for the tensors of one step. */
	NDManager newScope() {
		return manager.newSubManager();
	}

	Weights weights() {
		return weights;
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
		final Map<String, NDArray> tensors = new LinkedHashMap<>(optimiser.state());
		tensors.put(LOSS_SUMS, lossSums);
		TensorFile.write(folder.resolve(OPTIMISER), Map.of(), tensors);
	}

	@Override
	public void close() {
		optimiser.close();
		weights.close();
		manager.close();
	}
}
