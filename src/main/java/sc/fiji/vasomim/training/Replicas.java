package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import ai.djl.Device;

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

	/** Null for one device, which needs no further thread. */
	private final ExecutorService threads;

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
		for (final Device device : devices) {
			final boolean first = replicas.isEmpty();
			if (!first) copies.add(state.weights().copy(device));
			replicas.add(new Replica(first ? state.weights() : copies.get(copies.size() - 1), first ? state.optimiser()
				.gradients() : null, state.optimiser().gradients(), (int) state.lossSums().size(), atOnce, log));
		}
		threads = devices.size() == 1 ? null : Executors.newFixedThreadPool(devices.size(), work -> {
			final Thread thread = new Thread(work, "VasoMIM device");
			thread.setDaemon(true);
			return thread;
		});
	}

	List<Replica> all() {
		return replicas;
	}

	/**
	 * Adds the gradients of a batch to the optimiser's, and its losses to the state's.
	 *
	 * @param next the batch after it; null if there is none
	 */
	void addGradients(final Slice whole, final Slice next) throws IOException {
		if (threads == null) replicas.get(0).run(pass, whole, next);
		else runAll(whole, next);
		for (final Replica replica : replicas)
			replica.giveTo(replicas.get(0), state.lossSums());
	}

	private void runAll(final Slice whole, final Slice next) throws IOException {
		final List<Future<?>> parts = new ArrayList<>();
		for (int i = 0; i < replicas.size(); i++) {
			final int number = i;
			parts.add(threads.submit(() -> {
				final Replica replica = replicas.get(number);
				if (number > 0) replica.follow(replicas.get(0));
				replica.run(pass, part(whole, number), next == null ? null : part(next, number));
				return null;
			}));
		}
		// All of them, whatever one says: no thread may go on while its tensors are closed.
		Exception failure = null;
		for (final Future<?> part : parts)
			try {
				part.get();
			}
			catch (final ExecutionException | InterruptedException e) {
				failure = failure == null ? e : failure;
			}
		if (failure != null) rethrow(failure);
	}

	private static void rethrow(final Exception failure) throws IOException {
		if (failure instanceof InterruptedException) Thread.currentThread().interrupt();
		if (failure.getCause() instanceof IOException) throw (IOException) failure.getCause();
		if (failure.getCause() instanceof RuntimeException) throw (RuntimeException) failure.getCause();
		throw new IllegalStateException(failure);
	}

	private Slice part(final Slice whole, final int number) {
		final int n = replicas.size();
		return new Slice(whole.epoch(), whole.iteration(), (int) ((long) batch * number / n), (int) ((long) batch * (number +
			1) / n));
	}

	@Override
	public void close() {
		if (threads != null) threads.shutdown();
		replicas.forEach(Replica::close);
		copies.forEach(Weights::close);
	}
}
