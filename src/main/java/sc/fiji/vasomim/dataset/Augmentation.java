package sc.fiji.vasomim.dataset;

import java.util.random.RandomGenerator;

/**
 * How much training images are changed at random. Immutable.
 *
 * @param rotation largest angle to either side, in degrees
 * @param zoom largest factor of enlargement and of reduction, 1 or more
 * @param stretch largest ratio of the two axes' factors, 1 or more
 * @param shift largest displacement along each axis, as a share of the side
 * @param mirror whether every second image is mirrored left to right
 * @param gamma largest exponent of the grey values, and the inverse of the least, 1 or more
 * @param gain largest factor of the normalised grey values, and the inverse of the least, 1 or more
 * @param offset largest amount added to the normalised grey values
 * @param noise largest standard deviation of noise added to the normalised grey values
 */
public record Augmentation(double rotation, double zoom, double stretch, double shift, boolean mirror, double gamma,
	double gain, double offset, double noise)
{

	/** Images as they are. */
	public static final Augmentation NONE = new Augmentation(0, 1, 1, 0, false, 1, 1, 0, 0);

	/** Chosen for angiograms: the gantry turns and the zoom changes, contrast agent and dose vary. */
	public static final Augmentation ANGIOGRAM = new Augmentation(20, 1.25, 1.1, 0.1, true, 1.4, 1.25, 0.25, 0.15);

	/**
	 * One image's draw.
	 *
	 * @param affine from output to input coordinates, both -1..1 from left and top: x' = [0] x + [1] y + [2], y' = [3] x +
	 *          [4] y + [5]
	 * @param gamma exponent of the grey values 0..1
	 * @param gain factor of the normalised grey values
	 * @param offset added to them
	 * @param noise standard deviation of the noise added to them
	 */
	public record Plan(float[] affine, float gamma, float gain, float offset, float noise) {

		/**
		 * The affine map where the output is square and the input an image that was squeezed into a square: the longer side
		 * spans the output, the shorter one lies at its left or top and is mirrored beyond, as images lie in tiles.
		 *
		 * @param height of the image before it was squeezed, px
		 * @param width likewise
		 */
		public float[] affine(final int height, final int width) {
			final float x = Math.max(height, width) / (float) width;
			final float y = Math.max(height, width) / (float) height;
			return new float[] { x * affine[0], x * affine[1], x * (affine[2] + 1) - 1, y * affine[3], y * affine[4], y *
				(affine[5] + 1) - 1 };
		}
	}

	public Augmentation {
		within("rotation", rotation, 0, 180);
		within("zoom", zoom, 1, 4);
		within("stretch", stretch, 1, 2);
		within("shift", shift, 0, 1);
		within("gamma", gamma, 1, 4);
		within("gain", gain, 1, 4);
		within("offset", offset, 0, 2);
		within("noise", noise, 0, 2);
	}

	private static void within(final String name, final double value, final double least, final double most) {
		if (!(value >= least && value <= most)) throw new IllegalArgumentException(name + ": must lie in " + least + ".." +
			most + ", but was " + value);
	}

	/** @param random the image's own stream */
	public Plan draw(final RandomGenerator random) {
		final double angle = Math.toRadians(symmetric(random) * rotation);
		final double scale = power(random, zoom);
		final double ratio = Math.sqrt(power(random, stretch));
		final double mirrored = mirror && random.nextDouble() < 0.5 ? -1 : 1;
		final double cos = StrictMath.cos(angle) * scale, sin = StrictMath.sin(angle) * scale;
		final float[] affine = { (float) (mirrored * cos * ratio), (float) (-sin / ratio), (float) (symmetric(random) * 2 *
			shift), (float) (mirrored * sin * ratio), (float) (cos / ratio), (float) (symmetric(random) * 2 * shift) };
		return new Plan(affine, (float) power(random, gamma), (float) power(random, gain), (float) (symmetric(random) *
			offset), (float) (random.nextDouble() * noise));
	}

	/** Uniform in -1..1. */
	private static double symmetric(final RandomGenerator random) {
		return 2 * random.nextDouble() - 1;
	}

	/** Log-uniform in 1 / most .. most. */
	private static double power(final RandomGenerator random, final double most) {
		return StrictMath.exp(symmetric(random) * StrictMath.log(most));
	}
}
