package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Workers;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.training.BatchLoader.Slice;

/**
 * One network on several devices: each takes an equal part of every batch on a thread of its own, the gradients are
 * summed in the devices' order on the first, which makes the step, and its weights go back to the others.
 */
final class Replicas implements AutoCloseable {

	private final TrainingState state;

	private final int batch;

	private final Replica.Pass pass;

	private final List<Replica> replicas = new ArrayList<>();

	/** Of all replicas but the first. */
	private final List<Weights> copies = new ArrayList<>();

	/** A thread a device, always the same; none for one device, which needs no further thread. */
	private final List<Workers> threads = new ArrayList<>();

	/**
	 * @param state on the first device; not closed
	 * @param batch images a step, at least one a device
	 * @param atOnce most images that a device holds; 0: its whole part
	 */
	Replicas(final TrainingState state, final List<Device> devices, final int batch, final int atOnce,
		final Replica.Pass pass, final Consumer<String> log)
	{
		if (batch < devices.size()) throw new IllegalArgumentException("batch: must be " + devices.size() +
			" or more, one image a device, but was " + batch);
		this.state = state;
		this.batch = batch;
		this.pass = pass;
		try {
			for (final Device device : devices)
				add(device, atOnce, log);
		}
		catch (final RuntimeException e) {
			close();
			throw e;
		}
		if (devices.size() > 1) devices.forEach(device -> threads.add(new Workers("VasoMIM device", 1)));
	}

	private void add(final Device device, final int atOnce, final Consumer<String> log) {
		final boolean first = replicas.isEmpty();
		if (!first) copies.add(state.weights().copy(device));
		replicas.add(new Replica(first ? state.weights() : copies.get(copies.size() - 1), first ? state.optimiser()
			.gradients() : null, state.optimiser().gradients(), (int) state.lossSums().size(), atOnce, log));
	}

	List<Replica> all() {
		return replicas;
	}

	/**
	 * Adds the gradients of a batch to the optimiser's, and its losses to the state's, these last: a failure before leaves
	 * them as they were.
	 *
	 * @param next the batch after it; null if there is none
	 */
	void addGradients(final Slice whole, final Slice next) throws IOException {
		if (threads.isEmpty()) replicas.get(0).run(pass, whole, next);
		else runAll(whole, next);
		for (final Replica replica : replicas)
			replica.giveGradients(replicas.get(0));
		for (final Replica replica : replicas)
			replica.giveLosses(replicas.get(0), state.lossSums());
	}

	private void runAll(final Slice whole, final Slice next) throws IOException {
		final List<Future<?>> parts = new ArrayList<>();
		for (int i = 0; i < replicas.size(); i++) {
			final int number = i;
			parts.add(threads.get(i).submit(() -> {
				final Replica replica = replicas.get(number);
				if (number > 0) replica.follow(replicas.get(0));
				replica.run(pass, part(whole, number), next == null ? null : part(next, number));
				return null;
			}));
		}
		// All of them, whatever one says: no thread may go on while its tensors are closed.
		for (final Future<?> part : parts)
			try {
				Workers.outcome(part);
			}
			catch (final IOException | RuntimeException | Error e) {
				// Is thrown below, once none is at work any more.
			}
		for (final Future<?> part : parts)
			Workers.outcome(part);
	}

	private Slice part(final Slice whole, final int number) {
		final int n = replicas.size();
		return new Slice(whole.epoch(), whole.iteration(), (int) ((long) batch * number / n), (int) ((long) batch * (number +
			1) / n));
	}

	@Override
	public void close() {
		threads.forEach(Workers::close);
		replicas.forEach(Replica::close);
		copies.forEach(Weights::close);
	}
}
