package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.ChiSquared;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

class CounterRandomTest {

	/** The lines {@code philox4x32 10} of Random123's tests/kat_vectors: counter, key, result. */
	@ParameterizedTest
	@CsvSource({ "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
		"ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
		"243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1" })
	void philoxGivesTheKnownAnswers(final String counter, final String key, final String expected) {
		final int[] words = words(counter);
		CounterRandom.philox(words, words(key)[0], words(key)[1]);
		assertArrayEquals(words(expected), words);
	}

	private static int[] words(final String hexadecimal) {
		return Arrays.stream(hexadecimal.split(" ")).mapToInt(word -> Integer.parseUnsignedInt(word, 16)).toArray();
	}

	@Test
	void aStreamIsPhiloxOfItsName() {
		final CounterRandom random = new CounterRandom(0x0123456789abcdefL, Purpose.CROP, 7, 11);
		for (int block = 0; block < 3; block++) {
			final int[] words = { block, 11, 7, Purpose.CROP.ordinal() };
			CounterRandom.philox(words, 0x89abcdef, 0x01234567);
			for (final int word : words)
				assertEquals(word, random.nextInt());
		}
	}

	@Test
	void purposesKeepTheirNumbers() {
		assertEquals(List.of("INITIAL_WEIGHTS", "ORDER", "CROP", "MASK", "SPLIT"), Arrays.stream(Purpose.values()).limit(5)
			.map(Enum::name).toList());
	}

	@Test
	void streamsDoNotMeet() {
		final Set<Long> seen = new HashSet<>();
		int streams = 0;
		for (final long seed : new long[] { 0, 1, 1L << 32, -1 })
			for (final Purpose purpose : Purpose.values())
				for (int epoch = 0; epoch < 5; epoch++)
					for (int index = 0; index < 20; index++, streams++) {
						final CounterRandom random = new CounterRandom(seed, purpose, epoch, index);
						for (int i = 0; i < 5; i++)
							seen.add(random.nextLong());
					}
		assertEquals(5 * streams, seen.size());
	}

	/** Neighbouring streams, counted in pairs of a value's top bits. */
	@Test
	void neighbouringStreamsAreIndependent() {
		final long[][] counts = new long[3][256];
		for (int i = 0; i < 100_000; i++) {
			final int here = new CounterRandom(3, Purpose.MASK, 0, i).nextInt() >>> 28;
			counts[0][here << 4 | new CounterRandom(3, Purpose.MASK, 0, i + 1).nextInt() >>> 28]++;
			counts[1][here << 4 | new CounterRandom(3, Purpose.MASK, 1, i).nextInt() >>> 28]++;
			counts[2][here << 4 | new CounterRandom(3, Purpose.CROP, 0, i).nextInt() >>> 28]++;
		}
		for (final long[] pairs : counts)
			assertTrue(ChiSquared.isUniform(pairs));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 8, 16, 24 })
	void eachByteIsUniform(final int shift) {
		final CounterRandom random = new CounterRandom(1, Purpose.ORDER, 0, 0);
		final long[] counts = new long[256];
		for (int i = 0; i < 200_000; i++)
			counts[random.nextInt() >>> shift & 0xff]++;
		assertTrue(ChiSquared.isUniform(counts));
	}

	@Test
	void doublesAndFloatsAreUniform() {
		final CounterRandom random = new CounterRandom(2, Purpose.ORDER, 0, 0);
		final long[] doubles = new long[100];
		final long[] floats = new long[100];
		for (int i = 0; i < 200_000; i++) {
			doubles[(int) (random.nextDouble() * 100)]++;
			floats[(int) (random.nextFloat() * 100)]++;
		}
		assertTrue(ChiSquared.isUniform(doubles));
		assertTrue(ChiSquared.isUniform(floats));
	}

	/** The words 0 and -1 are the extremes of 32 bits; floats keep the top 23 of them and add a half. */
	@Test
	void extremeWordsStayInsideTheOpenInterval() {
		final CounterRandom random = new CounterRandom(5, Purpose.MASK, 0, 0);
		float least = 1;
		float most = 0;
		for (int i = 0; i < 30_000_000; i++) {
			final float u = random.nextFloat();
			if (u < least) least = u;
			if (u > most) most = u;
		}
		assertEquals(0x1p-24f, least, "the smallest value, of word 0 .. 511, must have come up");
		assertEquals(1 - 0x1p-24f, most, "the largest value, of word -512 .. -1, must have come up");
		assertTrue(-Math.log(most) > 0 && Double.isFinite(Math.log(least)));
	}

	@Test
	void boundedIntegersAreUnbiased() {
		// 3/4 of 2^32 as bound: a remainder alone would give the lower third twice as often.
		final int bound = 0x60000000;
		final CounterRandom random = new CounterRandom(6, Purpose.ORDER, 0, 0);
		final long[] thirds = new long[3];
		for (int i = 0; i < 300_000; i++)
			thirds[random.nextInt(bound) / (bound / 3)]++;
		assertTrue(ChiSquared.isUniform(thirds), Arrays.toString(thirds));
		assertEquals(0, random.nextInt(1));
		assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
	}

	@Test
	void gaussianHasItsMoments() {
		final CounterRandom random = new CounterRandom(7, Purpose.INITIAL_WEIGHTS, 0, 0);
		final double[] moments = new double[5];
		final int n = 1_000_000;
		for (int i = 0; i < n; i++) {
			final double x = random.nextGaussian();
			for (int k = 1; k <= 4; k++)
				moments[k] += Math.pow(x, k) / n;
		}
		// Four standard errors of the sample moments of a normal distribution: variances 1, 2, 15, 96 over n.
		assertEquals(0, moments[1], 4 * Math.sqrt(1.0 / n));
		assertEquals(1, moments[2], 4 * Math.sqrt(2.0 / n));
		assertEquals(0, moments[3], 4 * Math.sqrt(15.0 / n));
		assertEquals(3, moments[4], 4 * Math.sqrt(96.0 / n));
	}

	@Test
	void everyOrderOfFourIsEquallyLikely() {
		final long[] counts = new long[24];
		for (int i = 0; i < 24_000; i++)
			counts[rank(new CounterRandom(8, Purpose.ORDER, i, 0).permutation(4))]++;
		assertTrue(ChiSquared.isUniform(counts), Arrays.toString(counts));
	}

	/** The place of a permutation in dictionary order. */
	private static int rank(final int[] order) {
		int rank = 0;
		for (int i = 0; i < order.length; i++) {
			final int at = i;
			final int smaller = (int) IntStream.range(i + 1, order.length).filter(j -> order[j] < order[at]).count();
			rank = rank * (order.length - i) + smaller;
		}
		return rank;
	}

	@Test
	void aPermutationHoldsEachNumberOnce() {
		final int[] order = new CounterRandom(9, Purpose.ORDER, 0, 0).permutation(1000);
		assertArrayEquals(IntStream.range(0, 1000).toArray(), Arrays.stream(order).sorted().toArray());
	}
}
