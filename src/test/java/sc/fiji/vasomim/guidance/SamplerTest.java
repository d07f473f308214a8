package sc.fiji.vasomim.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.ChiSquared;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/** The batched sampler of patch masks against probabilities worked out by hand. */
class SamplerTest {

	/** Six patches with unequal probabilities, of which three are drawn. */
	private static final double[] UNEQUAL = { 0.32, 0.25, 0.18, 0.12, 0.08, 0.05 };

	private static final int DRAWS = 100_000;

	private final NDManager manager = Devices.newManager(Device.cpu());

	private final Script script = Script.load("masking", "Guidance", Map.of("patch", 4), Device.cpu());

	@AfterEach
	void close() {
		script.close();
		manager.close();
	}

	private record Masks(boolean[] masked, boolean[] guided, long[] keep) {}

	/** The same probabilities for each of {@code count} images, beginning with image {@code first}. */
	private Masks sample(final double[] probability, final int first, final int count, final int hidden,
		final int guided)
	{
		final int[] images = IntStream.range(first, first + count).toArray();
		return sample(probability, MaskNoise.draw(manager, 42, 0, images, probability.length), count, hidden, guided);
	}

	private Masks sample(final double[] probability, final NDArray noise, final int count, final int hidden,
		final int guided)
	{
		final float[] p = new float[count * probability.length];
		for (int i = 0; i < p.length; i++)
			p[i] = (float) probability[i % probability.length];
		try (NDManager scope = manager.newSubManager()) {
			final NDList masks = script.call(scope, "sample", scope.create(p, new Shape(count, probability.length)), noise,
				hidden, guided);
			return new Masks(masks.get(0).toBooleanArray(), masks.get(1).toBooleanArray(), masks.get(2).toLongArray());
		}
	}

	/** All subsets of three of six, as bits, each with its probability by draws without replacement. */
	private static Map<Integer, Double> subsets() {
		final Map<Integer, Double> subsets = new TreeMap<>();
		for (int a = 0; a < 6; a++)
			for (int b = 0; b < 6; b++)
				for (int c = 0; c < 6; c++)
					if (a != b && b != c && a != c) subsets.merge(1 << a | 1 << b | 1 << c, UNEQUAL[a] * UNEQUAL[b] / (1 -
						UNEQUAL[a]) * UNEQUAL[c] / (1 - UNEQUAL[a] - UNEQUAL[b]), Double::sum);
		return subsets;
	}

	private static boolean fitsTheSubsets(final int[] drawn) {
		final Map<Integer, Double> subsets = subsets();
		assertEquals(20, subsets.size());
		assertEquals(1, subsets.values().stream().mapToDouble(p -> p).sum(), 1e-12);
		final double[] expected = subsets.values().stream().mapToDouble(p -> p * drawn.length).toArray();
		final int[] order = subsets.keySet().stream().mapToInt(s -> s).toArray();
		final long[] counts = new long[order.length];
		for (final int subset : drawn)
			counts[Arrays.binarySearch(order, subset)]++;
		return ChiSquared.fits(expected, counts);
	}

	@Test
	void guidedPatchesAreDrawnWithoutReplacement() {
		final int[] drawn = new int[DRAWS];
		final int batch = DRAWS / 4;
		for (int first = 0; first < DRAWS; first += batch) {
			final boolean[] guided = sample(UNEQUAL, first, batch, 3, 3).guided;
			for (int i = 0; i < guided.length; i++)
				if (guided[i]) drawn[first + i / 6] |= 1 << i % 6;
		}
		assertTrue(fitsTheSubsets(drawn));
	}

	@Test
	void aRaceThatTheSlowestWinFailsThatTest() {
		final RandomGenerator random = new CounterRandom(1, Purpose.MASK, 0, 0);
		assertTrue(fitsTheSubsets(race(random, 1)), "the race itself, written here, passes");
		assertFalse(fitsTheSubsets(race(random, -1)));
	}

	private static int[] race(final RandomGenerator random, final int sign) {
		final int[] drawn = new int[DRAWS];
		for (int i = 0; i < DRAWS; i++) {
			final double[] times = Arrays.stream(UNEQUAL).map(p -> sign * -Math.log(1 - random.nextDouble()) / p).toArray();
			final double third = Arrays.stream(times).sorted().toArray()[2];
			for (int l = 0; l < 6; l++)
				if (times[l] <= third) drawn[i] |= 1 << l;
		}
		return drawn;
	}

	/** Triples with a repeated patch are thrown away, which favours likely patches less than drawing without. */
	@Test
	void drawingWithReplacementFailsThatTest() {
		final RandomGenerator random = new CounterRandom(2, Purpose.MASK, 0, 0);
		final int[] drawn = new int[DRAWS];
		for (int i = 0; i < DRAWS; i++)
			while (Integer.bitCount(drawn[i]) != 3)
				drawn[i] = 1 << patch(random) | 1 << patch(random) | 1 << patch(random);
		assertFalse(fitsTheSubsets(drawn));
	}

	private static int patch(final RandomGenerator random) {
		double u = random.nextDouble();
		int l = 0;
		while (l < 5 && u >= UNEQUAL[l])
			u -= UNEQUAL[l++];
		return l;
	}

	/** Patch 0 is always guided; the two others hidden are any pair of the rest, likely patches included. */
	@Test
	void theOthersAreDrawnUniformlyFromAllTheRest() {
		final double[] probability = { 1, 1e-9, 1e-9, 0, 0, 0 };
		final Masks masks = sample(probability, 0, 30_000, 3, 1);
		final long[] pairs = new long[10];
		for (int i = 0; i < 30_000; i++) {
			assertTrue(masks.guided[6 * i]);
			int pair = 0;
			for (int a = 1, k = 0; a < 6; a++)
				for (int b = a + 1; b < 6; b++, k++)
					if (masks.masked[6 * i + a] && masks.masked[6 * i + b]) pair = k;
			pairs[pair]++;
		}
		assertTrue(ChiSquared.isUniform(pairs), Arrays.toString(pairs));
	}

	@Test
	void aZeroMapIsPurelyRandom() {
		final Masks masks = sample(new double[6], 0, 30_000, 3, 3);
		final long[] counts = new long[64];
		for (int i = 0; i < 30_000; i++) {
			int subset = 0;
			for (int l = 0; l < 6; l++) {
				assertFalse(masks.guided[6 * i + l]);
				if (masks.masked[6 * i + l]) subset |= 1 << l;
			}
			assertEquals(3, Integer.bitCount(subset));
			counts[subset]++;
		}
		assertTrue(ChiSquared.isUniform(Arrays.stream(counts).filter(c -> c > 0).toArray()));
		assertEquals(20, Arrays.stream(counts).filter(c -> c > 0).count());
	}

	@Test
	void impossiblePatchesAreNeverGuidedAndTheCountIsCapped() {
		final double[] probability = { 0, 0.5, 0, 1e-30, 0, 0.5, 0, 0 };
		final Masks masks = sample(probability, 0, 2000, 6, 5);
		for (int i = 0; i < 2000; i++) {
			int guided = 0;
			int masked = 0;
			for (int l = 0; l < 8; l++) {
				assertEquals(probability[l] > 0, masks.guided[8 * i + l]);
				if (masks.guided[8 * i + l]) {
					guided++;
					assertTrue(masks.masked[8 * i + l], "a guided patch is hidden");
				}
				if (masks.masked[8 * i + l]) masked++;
			}
			assertEquals(3, guided);
			assertEquals(6, masked);
		}
	}

	@Test
	void keptPatchesAreTheOthersInRasterOrder() {
		final double[] probability = IntStream.range(0, 49).mapToDouble(l -> l % 5).toArray();
		final Masks masks = sample(probability, 0, 100, 20, 7);
		for (int i = 0; i < 100; i++) {
			final int first = 49 * i;
			final IntStream visible = IntStream.range(0, 49).filter(l -> !masks.masked[first + l]);
			assertArrayEquals(visible.asLongStream().toArray(), Arrays.copyOfRange(masks.keep, 29 * i, 29 * (i + 1)));
			assertEquals(7, IntStream.range(0, 49).filter(l -> masks.guided[first + l]).count());
		}
	}

	@Test
	void theSplitIntoBatchesChangesNothing() {
		final Masks whole = sample(UNEQUAL, 0, 30, 4, 2);
		final Masks first = sample(UNEQUAL, 0, 13, 4, 2);
		final Masks second = sample(UNEQUAL, 13, 17, 4, 2);
		assertArrayEquals(Arrays.copyOfRange(whole.masked, 0, 13 * 6), first.masked);
		assertArrayEquals(Arrays.copyOfRange(whole.masked, 13 * 6, 30 * 6), second.masked);
		assertArrayEquals(Arrays.copyOfRange(whole.keep, 13 * 2, 30 * 2), second.keep);
	}

	@Test
	void noiseDependsOnSeedEpochAndImageAlone() {
		final float[] all = MaskNoise.draw(manager, 9, 3, new int[] { 5, 8 }, 4).toFloatArray();
		final NDArray eight = MaskNoise.draw(manager, 9, 3, new int[] { 8 }, 4);
		assertEquals(new Shape(2, 1, 4), eight.getShape());
		final float[] alone = eight.toFloatArray();
		assertArrayEquals(Arrays.copyOfRange(alone, 0, 4), Arrays.copyOfRange(all, 4, 8));
		assertArrayEquals(Arrays.copyOfRange(alone, 4, 8), Arrays.copyOfRange(all, 12, 16));
		for (final float[] other : new float[][] { MaskNoise.draw(manager, 8, 3, new int[] { 8 }, 4).toFloatArray(),
			MaskNoise.draw(manager, 9, 4, new int[] { 8 }, 4).toFloatArray(), MaskNoise.draw(manager, 9, 3, new int[] { 9 },
				4).toFloatArray() })
			for (int i = 0; i < 8; i++)
				assertFalse(other[i] == alone[i]);
	}
}
