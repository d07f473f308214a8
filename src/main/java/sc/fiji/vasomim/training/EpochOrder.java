package sc.fiji.vasomim.training;

import java.util.Arrays;

import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/** The order of the images in each epoch, which depends on seed and epoch alone. Threads may share it. */
final class EpochOrder {

	private final int images;

	private final long seed;

	private int epoch = -1;

	private int[] order;

	EpochOrder(final int images, final long seed) {
		this.images = images;
		this.seed = seed;
	}

	/** The images of batch {@code iteration} of an epoch. */
	synchronized int[] batch(final int ofEpoch, final int iteration, final int size) {
		if (epoch != ofEpoch) {
			order = new CounterRandom(seed, Purpose.ORDER, ofEpoch, 0).permutation(images);
			epoch = ofEpoch;
		}
		return Arrays.copyOfRange(order, iteration * size, (iteration + 1) * size);
	}
}
