package sc.fiji.vasomim.guidance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/** The random numbers behind patch masks: two a patch, from a stream of their own for each epoch and image. */
public final class MaskNoise {

	private MaskNoise() {}

	/**
	 * @param images which images, B of them: their numbers in a data set, or as planes of a stack
	 * @param patches patches of an image, L
	 * @return 2 x B x L, uniform in (0, 1): for the guided draw, then for the uniform one
	 */
	public static NDArray draw(final NDManager scope, final long seed, final int epoch, final int[] images,
		final int patches)
	{
		final float[] noise = new float[2 * images.length * patches];
		for (int i = 0; i < images.length; i++) {
			final CounterRandom random = new CounterRandom(seed, Purpose.MASK, epoch, images[i]);
			for (int half = 0; half < 2; half++)
				for (int patch = 0; patch < patches; patch++)
					noise[(half * images.length + i) * patches + patch] = random.nextFloat();
		}
		return scope.create(noise, new Shape(2, images.length, patches));
	}
}
