package sc.fiji.vasomim.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/**
 * Draws which branches of a transformer's blocks are skipped for which image (Huang et al. 2016, as timm does it). The
 * draws of an image depend on (seed, epoch, image) alone.
 */
final class DropPath {

	private DropPath() {}

	/**
	 * @param images their indices in the data set
	 * @param rate of the last block; linear from 0 in the first
	 * @return depth x 2 x B factors of the branches: 0, or the inverse of the chance to be kept; empty for rate 0
	 */
	static NDArray draw(final NDManager scope, final long seed, final int epoch, final int[] images, final int depth,
		final double rate)
	{
		if (rate == 0) return scope.zeros(new Shape(0));
		final float[] factors = new float[depth * 2 * images.length];
		for (int i = 0; i < images.length; i++) {
			final CounterRandom random = new CounterRandom(seed, Purpose.DROP_PATH, epoch, images[i]);
			for (int branch = 0; branch < 2 * depth; branch++) {
				final double drop = depth == 1 ? 0 : rate * (branch / 2) / (depth - 1);
				factors[branch * images.length + i] = random.nextDouble() < drop ? 0 : (float) (1 / (1 - drop));
			}
		}
		return scope.create(factors, new Shape(depth, 2, images.length));
	}
}
