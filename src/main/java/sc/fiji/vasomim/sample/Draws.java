package sc.fiji.vasomim.sample;

/**
 * Random numbers that depend on nothing but their key: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom
 * number generators, OOPSLA 2014). java.util.SplittableRandom does not promise the same numbers in each Java version;
 * StrictMath does.
 */
final class Draws {

	private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

	private long state;

	/**
	 * @param seed the user's seed
	 * @param purpose what the numbers are for, so that a new use does not shift the numbers of the others
	 */
	Draws(final long seed, final String purpose) {
		this(seed, purpose.hashCode());
	}

	private Draws(final long key, final long stream) {
		state = mix(mix(key + GOLDEN_GAMMA) ^ stream * GOLDEN_GAMMA);
	}

	/** Numbers of their own for each index (a pixel, a branch), in whatever order they are asked for. */
	Draws at(final long index) {
		return new Draws(state, index + 1);
	}

	long bits() {
		state += GOLDEN_GAMMA;
		return mix(state);
	}

	/** Uniform in the open interval (0, 1). */
	double uniform() {
		return ((bits() >>> 12) + 0.5) * 0x1p-52;
	}

	double uniform(final double low, final double high) {
		return low + (high - low) * uniform();
	}

	/** Uniform in 0..bound - 1; the bias is below bound / 2^52. */
	int below(final int bound) {
		return (int) (uniform() * bound);
	}

	/** Standard normal, by Box and Muller. */
	double normal() {
		return StrictMath.sqrt(-2 * StrictMath.log(uniform())) * StrictMath.cos(2 * Math.PI * uniform());
	}

	/** A Poisson count: by multiplication for small means, else PTRS (Hörmann, Insurance Math. Econ. 12, 1993). */
	long poisson(final double mean) {
		if (mean < 10) {
			final double limit = StrictMath.exp(-mean);
			long count = 0;
			for (double product = uniform(); product > limit; product *= uniform()) count++;
			return count;
		}
		final double b = 0.931 + 2.53 * Math.sqrt(mean);
		final double a = -0.059 + 0.02483 * b;
		final double logInverseAlpha = StrictMath.log(1.1239 + 1.1328 / (b - 3.4));
		final double logMean = StrictMath.log(mean);
		while (true) {
			final double u = uniform() - 0.5;
			final double v = uniform();
			final double us = 0.5 - Math.abs(u);
			final long count = (long) Math.floor((2 * a / us + b) * u + mean + 0.43);
			if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return count;
			if (count < 0 || us < 0.013 && v > us) continue;
			final double acceptance = StrictMath.log(v) + logInverseAlpha - StrictMath.log(a / (us * us) + b);
			if (acceptance <= count * logMean - mean - logFactorial(count)) return count;
		}
	}

	private static double logFactorial(final long n) {
		if (n < 10) {
			long factorial = 1;
			for (int i = 2; i <= n; i++) factorial *= i;
			return StrictMath.log(factorial);
		}
		final double stirling = (n + 0.5) * StrictMath.log(n) - n + 0.5 * StrictMath.log(2 * Math.PI);
		return stirling + (1 / 12.0 - (1 / 360.0 - 1 / (1260.0 * n * n)) / ((double) n * n)) / n;
	}

	private static long mix(final long value) {
		long z = value;
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}
}
