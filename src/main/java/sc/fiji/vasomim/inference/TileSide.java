package sc.fiji.vasomim.inference;

import java.util.function.Consumer;
import java.util.function.IntFunction;

import ai.djl.engine.EngineException;

import sc.fiji.vasomim.torch.Devices;

/** The side of the tiles that the memory of a device allows: halved when it runs out, for good. Thread-safe. */
final class TileSide {

	private final int least;

	private final int stride;

	private final String device;

	private final Consumer<String> log;

	private volatile int most;

	/**
	 * @param most the side in px to begin with
	 * @param least the side below which it is not worth while
	 * @param stride sides are multiples of it
	 * @param device its name, for messages
	 * @param log is told of each new side
	 */
	TileSide(final int most, final int least, final int stride, final String device, final Consumer<String> log) {
		this.most = most;
		this.least = least;
		this.stride = stride;
		this.device = device;
		this.log = log;
	}

	/**
	 * Works with the largest side for which memory suffices.
	 *
	 * @param needed the side that would take all at once
	 * @param work from a side in px to a result; begun anew with each side
	 * @throws IllegalArgumentException if the smallest side needs too much
	 */
	<T> T with(final int needed, final IntFunction<T> work) {
		while (true) {
			final int side = Math.min(most, needed);
			try {
				return work.apply(side);
			}
			catch (final EngineException e) {
				if (!Devices.isOutOfMemory(e)) throw e;
				shrink(side, e);
			}
		}
	}

	private synchronized void shrink(final int failed, final EngineException e) {
		// Another thread may have been faster.
		if (most < failed) return;
		final int half = failed / 2 / stride * stride;
		if (half < least) throw new IllegalArgumentException("device: the memory of " + device +
			" does not suffice for tiles of " + failed + " x " + failed +
			" px. End other programs that use it, choose another device, or a larger scale.", e);
		most = half;
		log.accept("The memory of " + device + " does not suffice for tiles of " + failed + " x " + failed +
			" px: they are of " + half + " x " + half + " px from now on, and the image is begun anew.");
	}
}
