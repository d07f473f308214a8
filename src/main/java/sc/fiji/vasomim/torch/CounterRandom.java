package sc.fiji.vasomim.torch;

import java.util.random.RandomGenerator;

/**
 * Random numbers that depend on what they are for and on nothing else: a stream is named by (seed, purpose, epoch,
 * index), so any split of a batch, any order and any resume draws the same numbers.
 * <p>
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): the seed is the key, the name
 * of the stream and a running block number are the counter. The methods that this project uses are defined here rather
 * than by the JDK, with {@link StrictMath}, so that their numbers never change with the Java version. Not thread-safe; make one a stream.
 */
public final class CounterRandom implements RandomGenerator {

	/** What a stream is for. The order is part of every seeded result: append only. */
	public enum Purpose {
		INITIAL_WEIGHTS, ORDER, CROP, MASK, SPLIT, UNIFORM_MASK, AUGMENTATION, NOISE, DROP_PATH
	}

	private final int seedLow;

	private final int seedHigh;

	private final int purpose;

	private final int epoch;

	private final int index;

	private int block;

	private final int[] words = new int[4];

	private int used = 4;

	/**
	 * @param seed the user's seed
	 * @param purpose what the numbers are for
	 * @param epoch the epoch, or 0
	 * @param index the sample or parameter, or 0
	 */
	public CounterRandom(final long seed, final Purpose purpose, final int epoch, final int index) {
		this.seedLow = (int) seed;
		this.seedHigh = (int) (seed >>> 32);
		this.purpose = purpose.ordinal();
		this.epoch = epoch;
		this.index = index;
	}

	@Override
	public int nextInt() {
		if (used == 4) {
			words[0] = block++;
			words[1] = index;
			words[2] = epoch;
			words[3] = purpose;
			philox(words, seedLow, seedHigh);
			used = 0;
		}
		return words[used++];
	}

	@Override
	public long nextLong() {
		return (nextInt() & 0xffffffffL) << 32 | nextInt() & 0xffffffffL;
	}

	/** Uniform in [0, 1), 53 bits. */
	@Override
	public double nextDouble() {
		return (nextLong() >>> 11) * 0x1p-53;
	}

	/** Uniform in the open interval (0, 1): 2^23 values, symmetric about 1/2, so its logarithm is finite. */
	@Override
	public float nextFloat() {
		return ((nextInt() >>> 9) + 0.5f) * 0x1p-23f;
	}

	/** Uniform in 0 .. bound - 1, without bias. */
	@Override
	public int nextInt(final int bound) {
		if (bound <= 0) throw new IllegalArgumentException("bound must be positive, but was " + bound);
		final long limit = (1L << 32) / bound * bound;
		while (true) {
			final long bits = nextInt() & 0xffffffffL;
			if (bits < limit) return (int) (bits % bound);
		}
	}

	/** Standard normal (Box and Muller 1958). */
	@Override
	public double nextGaussian() {
		final double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
		return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
	}

	/** A uniformly drawn order of 0 .. n - 1 (Fisher and Yates). */
	public int[] permutation(final int n) {
		final int[] order = new int[n];
		for (int i = 0; i < n; i++) {
			final int j = nextInt(i + 1);
			order[i] = order[j];
			order[j] = i;
		}
		return order;
	}

	/** Ten rounds over the counter in place. */
	static void philox(final int[] counter, final int keyLow, final int keyHigh) {
		int k0 = keyLow;
		int k1 = keyHigh;
		for (int round = 0; round < 10; round++) {
			final long p0 = 0xD2511F53L * (counter[0] & 0xffffffffL);
			final long p1 = 0xCD9E8D57L * (counter[2] & 0xffffffffL);
			counter[0] = (int) (p1 >>> 32) ^ counter[1] ^ k0;
			counter[2] = (int) (p0 >>> 32) ^ counter[3] ^ k1;
			counter[1] = (int) p1;
			counter[3] = (int) p0;
			k0 += 0x9E3779B9;
			k1 += 0xBB67AE85;
		}
	}
}
