package sc.fiji.vasomim.model;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** How a parameter starts: fills its values, row-major, from its own random stream. */
@FunctionalInterface
public interface Initialiser {

	/**
	 * @param values all elements of the parameter, row-major; filled from position 0 to the limit
	 * @param random the parameter's own stream
	 */
	void fill(FloatBuffer values, RandomGenerator random);

	static Initialiser constant(final float value) {
		return (values, random) -> {
			for (int i = 0; i < values.limit(); i++)
				values.put(i, value);
		};
	}

	/** Uniform in [-bound, bound). */
	static Initialiser uniform(final double bound) {
		return (values, random) -> {
			for (int i = 0; i < values.limit(); i++)
				values.put(i, (float) ((2 * random.nextDouble() - 1) * bound));
		};
	}

	/** Normal with mean 0. */
	static Initialiser normal(final double std) {
		return (values, random) -> {
			for (int i = 0; i < values.limit(); i++)
				values.put(i, (float) (random.nextGaussian() * std));
		};
	}

	/** Uniform with bound sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010). */
	static Initialiser xavierUniform(final long fanIn, final long fanOut) {
		return uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
	}

	/** PyTorch's default of a linear or convolution layer, weight and bias alike: bound 1 / sqrt(fan in). */
	static Initialiser fanIn(final long fanIn) {
		return uniform(1 / Math.sqrt(fanIn));
	}

	/** DINOv3's periods of rotary positions: n from 1 to below 100, each 100^(1/n) times the one before. */
	Initialiser ROTARY_PERIODS = (values, random) -> {
		for (int i = 0; i < values.limit(); i++)
			values.put(i, (float) StrictMath.pow(100, i / (double) values.limit()));
	};

	/**
	 * Fixed two-dimensional sine-cosine positions (He et al. 2022): the first half of the channels encodes the column, the
	 * second the row, each as sines, then cosines. Values before those of the patches, a class token's, are zeros.
	 *
	 * @param grid patches per side
	 * @param width channels, a multiple of 4
	 */
	static Initialiser sineCosine(final int grid, final int width) {
		return (values, random) -> {
			final int quarter = width / 4;
			final int first = values.limit() - grid * grid * width;
			for (int i = 0; i < first; i++)
				values.put(i, 0);
			for (int patch = 0; patch < grid * grid; patch++)
				for (int i = 0; i < width; i++) {
					final int position = i < 2 * quarter ? patch % grid : patch / grid;
					final double angle = position / StrictMath.pow(10000, (i % quarter) / (double) quarter);
					final boolean sine = i % (2 * quarter) < quarter;
					values.put(first + patch * width + i, (float) (sine ? StrictMath.sin(angle) : StrictMath.cos(angle)));
				}
		};
	}
}
