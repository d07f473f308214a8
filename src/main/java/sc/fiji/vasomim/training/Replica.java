package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.BatchLoader.Slice;

/**
 * A device's part in the steps: it adds up gradients and losses of its part of each batch, slice by slice. If its
 * memory does not hold a slice, it takes half as many images at once from then on, which changes rounding only.
 */
final class Replica implements AutoCloseable {

	/** The passes over some images. */
	@FunctionalInterface
	interface Pass {

		/**
		 * Adds gradients and losses, times the slice's share of the batch.
		 *
		 * @param next the slice after this one; null if there is none
		 */
		void add(Replica replica, NDManager scope, Slice slice, Slice next) throws IOException;
	}

	private final NDManager manager;

	private final Weights weights;

	private final Map<String, NDArray> gradients;

	private final NDArray sums;

	private final NDArray failed;

	private final Script arithmetic;

	private final Consumer<String> log;

	private int atOnce;

	/**
	 * @param weights not closed by the replica
	 * @param gradients where it adds, zero at first; null: some of its own, of the same names as {@code like}
	 * @param losses how many losses are summed up
	 * @param atOnce most images of a slice; 0: no limit
	 */
	Replica(final Weights weights, final Map<String, NDArray> gradients, final Map<String, NDArray> like,
		final int losses, final int atOnce, final Consumer<String> log)
	{
		this.weights = weights;
		this.log = log;
		this.atOnce = atOnce == 0 ? Integer.MAX_VALUE : atOnce;
		arithmetic = Script.load("optimiser", "Replicas", Map.of(), weights.device());
		manager = Devices.newManager(weights.device());
		try {
			this.gradients = gradients == null ? zeros(manager, like) : gradients;
			sums = manager.zeros(new Shape(losses));
			failed = manager.zeros(new Shape());
		}
		catch (final RuntimeException e) {
			// Most probably for want of memory: what was taken is given back.
			close();
			throw e;
		}
	}

	private static Map<String, NDArray> zeros(final NDManager manager, final Map<String, NDArray> like) {
		final Map<String, NDArray> zeros = new LinkedHashMap<>();
		like.forEach((name, array) -> zeros.put(name, manager.zeros(array.getShape())));
		return zeros;
	}

	Weights weights() {
		return weights;
	}

	Map<String, NDArray> gradients() {
		return gradients;
	}

	/** Of the losses of this step so far. */
	NDArray sums() {
		return sums;
	}

	/** A number that names the first step with a loss that is no number; 0 if there was none. */
	NDArray failed() {
		return failed;
	}

	/** Its part of a batch. @param next a slice as large, in the batch after; null if there is none */
	void run(final Pass pass, final Slice part, final Slice next) throws IOException {
		while (true)
			try {
				runSlices(pass, part, next);
				return;
			}
			catch (final EngineException e) {
				if (!Devices.isOutOfMemory(e)) throw e;
				halve(part, "The memory of " + Devices.name(weights.device()), e);
			}
			catch (final OutOfMemoryError e) {
				halve(part, "The memory that Java may use", e);
			}
	}

	private void halve(final Slice part, final String memory, final Throwable failure) {
		final int size = Math.min(atOnce, part.size());
		if (size == 1) throw new IllegalArgumentException("device: " + memory + " does not hold one image at a time. Choose " +
			"a smaller network or size, or another device; with the same settings, this run can be gone on with there.", failure);
		atOnce = (size + 1) / 2;
		// What was added before the failure is taken back, for the part begins again.
		zero();
		log.accept(memory + " does not hold " + size + " images at once: going on with " + atOnce +
			", the batch stays as it is");
	}

	private void runSlices(final Pass pass, final Slice part, final Slice next) throws IOException {
		for (Slice slice = first(part); slice != null;) {
			final Slice following = after(slice, part);
			try (NDManager scope = manager.newSubManager()) {
				pass.add(this, scope, slice, following == null && next != null ? first(next) : following);
			}
			slice = following;
		}
	}

	private Slice first(final Slice part) {
		return new Slice(part.epoch(), part.iteration(), part.from(), part.from() + Math.min(atOnce, part.size()));
	}

	private Slice after(final Slice slice, final Slice part) {
		return slice.to() == part.to() ? null : first(new Slice(part.epoch(), part.iteration(), slice.to(), part.to()));
	}

	private void zero() {
		call("zero", addends());
	}

	/** Moves its gradients of this step to another replica. */
	void giveGradients(final Replica first) {
		if (this != first) first.call("add", List.copyOf(first.gradients.values()), List.copyOf(gradients.values()));
	}

	/** Moves its losses of this step to sums on another replica's device. */
	void giveLosses(final Replica first, final NDArray lossSums) {
		first.call("add", List.of(lossSums), List.of(sums));
	}

	/** Takes over another replica's weights. */
	void follow(final Replica first) {
		call("copy", List.copyOf(weights.all().values()), List.copyOf(first.weights.all().values()));
	}

	private List<NDArray> addends() {
		final List<NDArray> all = new ArrayList<>(gradients.values());
		all.add(sums);
		return all;
	}

	private void call(final String method, final Object... arguments) {
		try (NDManager scope = manager.newSubManager()) {
			arithmetic.call(scope, method, arguments);
		}
	}

	@Override
	public void close() {
		arithmetic.close();
		manager.close();
	}
}
