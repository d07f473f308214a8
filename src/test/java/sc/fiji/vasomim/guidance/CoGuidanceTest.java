package sc.fiji.vasomim.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.ChiSquared;

/** Guidance and masks of an 8 x 8 image of four 4 x 4 patches, worked out by hand. */
class CoGuidanceTest {

	private static final int SIZE = 8;

	/** One pixel in patch 0, three in patch 1, none in the others. */
	private final byte[] mask = new byte[SIZE * SIZE];

	/** 0.25 everywhere, but 0.75 at one pixel of patch 3. */
	private final float[] probability = new float[SIZE * SIZE];

	private final VesselMaps maps = new VesselMaps(ArrayImgs.unsignedBytes(SIZE, SIZE), ArrayImgs.unsignedBytes(mask,
		SIZE, SIZE), ArrayImgs.floats(probability, SIZE, SIZE));

	private final CoGuidance guidance = new CoGuidance(4, Device.cpu());

	CoGuidanceTest() {
		for (final int pixel : new int[] { 0, 4, 5, 6 })
			mask[pixel] = (byte) 255;
		Arrays.fill(probability, 0.25f);
		probability[SIZE * SIZE - 1] = 0.75f;
	}

	@AfterEach
	void close() {
		guidance.close();
	}

	private static MaskingSettings settings(final GuidanceSource source, final double eta,
		final PatchSampling sampling)
	{
		return new MaskingSettings(new MaskSchedule(0.5, 1, 1), source, eta, sampling);
	}

	private void assertDistribution(final double[] expected, final MaskingSettings settings) {
		final float[] distribution = guidance.guide(maps, settings).distribution();
		assertEquals(expected.length, distribution.length);
		for (int i = 0; i < expected.length; i++)
			assertEquals(expected[i], distribution[i], 1e-6, settings + " patch " + i);
	}

	@Test
	void theFilterAloneCountsPixels() {
		assertDistribution(new double[] { 0.25, 0.75, 0, 0 }, settings(GuidanceSource.FILTER, 0.3,
			PatchSampling.PROPORTIONAL));
		final PatchGuidance guide = guidance.guide(maps, settings(GuidanceSource.FILTER, 0.3, PatchSampling.PROPORTIONAL));
		assertArrayEquals(new double[] { 1, 3, 0, 0 }, guide.mapSums());
		assertArrayEquals(new boolean[] { true, true, false, false }, guide.vessel());
	}

	/** Sixteen pixels of 0.25 are 4; the last patch has 4.5. */
	@Test
	void theSegmentorAloneSumsProbabilities() {
		assertDistribution(new double[] { 4 / 16.5, 4 / 16.5, 4 / 16.5, 4.5 / 16.5 }, settings(GuidanceSource.SEGMENTOR, 0.3,
			PatchSampling.PROPORTIONAL));
	}

	/** With eta = 0.75: 0.75 + 1, 2.25 + 1, 1, 1.125; in all 7.125. */
	@Test
	void bothAreWeighedByEta() {
		final MaskingSettings settings = settings(GuidanceSource.BOTH, 0.75, PatchSampling.PROPORTIONAL);
		assertDistribution(new double[] { 1.75 / 7.125, 3.25 / 7.125, 1 / 7.125, 1.125 / 7.125 }, settings);
		assertArrayEquals(new double[] { 1.75, 3.25, 1, 1.125 }, guidance.guide(maps, settings).mapSums(), 1e-6);
	}

	@Test
	void aSourceAloneIsBothWithAllTheWeight() {
		for (final PatchSampling sampling : PatchSampling.values()) {
			assertArrayEquals(guidance.guide(maps, settings(GuidanceSource.BOTH, 1, sampling)).distribution(), guidance.guide(
				maps, settings(GuidanceSource.FILTER, 0.3, sampling)).distribution());
			assertArrayEquals(guidance.guide(maps, settings(GuidanceSource.BOTH, 0, sampling)).distribution(), guidance.guide(
				maps, settings(GuidanceSource.SEGMENTOR, 0.3, sampling)).distribution());
		}
	}

	@Test
	void settingsOfEqualMasksAreEqual() {
		assertEquals(settings(GuidanceSource.FILTER, 0.3, PatchSampling.UNIFORM), settings(GuidanceSource.FILTER, 0.8,
			PatchSampling.UNIFORM));
		assertEquals(1, settings(GuidanceSource.FILTER, 0.3, PatchSampling.UNIFORM).eta());
		assertEquals(0, settings(GuidanceSource.SEGMENTOR, 0.3, PatchSampling.UNIFORM).eta());
		assertEquals(0.3, settings(GuidanceSource.BOTH, 0.3, PatchSampling.UNIFORM).eta());
		assertEquals(settings(GuidanceSource.NONE, 0.3, PatchSampling.UNIFORM), new MaskingSettings(new MaskSchedule(0.5, 0,
			0.2), GuidanceSource.NONE, 0.8, PatchSampling.PROPORTIONAL));
	}

	/** Vessel: by the filter patches 0 and 1, by the segmentor patch 3. */
	@Test
	void uniformSamplingTreatsPatchesWithVesselAlike() {
		assertDistribution(new double[] { 0.5, 0.5, 0, 0 }, settings(GuidanceSource.FILTER, 0.3, PatchSampling.UNIFORM));
		assertDistribution(new double[] { 0, 0, 0, 1 }, settings(GuidanceSource.SEGMENTOR, 0.3, PatchSampling.UNIFORM));
		assertDistribution(new double[] { 1 / 3.0, 1 / 3.0, 0, 1 / 3.0 }, settings(GuidanceSource.BOTH, 0.3,
			PatchSampling.UNIFORM));
	}

	@Test
	void uniformSamplingWithoutVesselGuidesNothing() {
		Arrays.fill(mask, (byte) 0);
		assertDistribution(new double[4], settings(GuidanceSource.FILTER, 0.5, PatchSampling.UNIFORM));
	}

	/** Two of three equal patches: all pairs are equally often. */
	@Test
	void uniformDrawsAreUniform() {
		final MaskingSettings settings = settings(GuidanceSource.BOTH, 0.5, PatchSampling.UNIFORM);
		final int draws = 30_000;
		final long[] pairs = new long[3];
		for (final PatchMask drawn : guidance.sample(guidance.guide(maps, settings), settings, 0, 1, 5, IntStream.range(0,
			draws).toArray()))
			pairs[drawn.masked()[0] ? drawn.masked()[1] ? 0 : 1 : 2]++;
		assertTrue(ChiSquared.fits(new double[] { draws / 3.0, draws / 3.0, draws / 3.0 }, pairs), Arrays.toString(pairs));
	}

	@ParameterizedTest
	@EnumSource(PatchSampling.class)
	void withoutGuidanceNothingIsGuided(final PatchSampling sampling) {
		final MaskingSettings settings = settings(GuidanceSource.NONE, 0.5, sampling);
		assertEquals(0, settings.schedule().guided(4, 0, 1));
		assertDistribution(new double[4], settings);
		final PatchMask drawn = guidance.sample(guidance.guide(maps, settings), settings, 0, 1, 5, 0);
		assertEquals(2, drawn.maskedCount());
		assertEquals(0, drawn.guidedCount());
	}

	/** Two patches have guidance, three would be drawn: the third is a random one. */
	@Test
	void guidanceEndsWhereItHasNoMorePatches() {
		final MaskingSettings settings = new MaskingSettings(new MaskSchedule(0.75, 1, 1), GuidanceSource.FILTER, 0.5,
			PatchSampling.PROPORTIONAL);
		assertEquals(3, settings.schedule().guided(4, 0, 1));
		final PatchGuidance guide = guidance.guide(maps, settings);
		for (int image = 0; image < 20; image++) {
			final PatchMask drawn = guidance.sample(guide, settings, 0, 1, 5, image);
			assertArrayEquals(new boolean[] { true, true, false, false }, drawn.guided());
			assertEquals(3, drawn.maskedCount());
			assertEquals(2 / 3.0, drawn.share(guide.vessel()), 1e-12);
		}
	}

	@Test
	void oneImageOrManyMakesNoDifference() {
		final MaskingSettings settings = settings(GuidanceSource.BOTH, 0.5, PatchSampling.PROPORTIONAL);
		final PatchGuidance guide = guidance.guide(maps, settings);
		final int[] images = { 7, 3, 9 };
		for (int i = 0; i < images.length; i++)
			assertArrayEquals(guidance.sample(guide, settings, 2, 9, 5, images[i]).masked(), guidance.sample(guide, settings, 2,
				9, 5, images).get(i).masked());
	}

	@Test
	void aFilterNeedsNoProbability() {
		final VesselMaps alone = new VesselMaps(maps.image(), maps.anatomy(), null);
		final MaskingSettings filter = settings(GuidanceSource.FILTER, 0.5, PatchSampling.PROPORTIONAL);
		assertArrayEquals(guidance.guide(maps, filter).distribution(), guidance.guide(alone, filter).distribution());
		final Exception e = assertThrows(IllegalArgumentException.class, () -> guidance.guide(alone, settings(
			GuidanceSource.BOTH, 0.5, PatchSampling.PROPORTIONAL)));
		assertTrue(e.getMessage().startsWith("guidance: BOTH needs a segmentor"), e.getMessage());
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.01, 1.01, Double.NaN })
	void impossibleWeightsAreNamed(final double eta) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> settings(GuidanceSource.FILTER, eta,
			PatchSampling.UNIFORM));
		assertTrue(e.getMessage().startsWith("eta: must lie in 0..1, but was " + eta), e.getMessage());
	}

	@Test
	void sizesThatPatchesDoNotFillAreNamed() {
		final VesselMaps odd = new VesselMaps(ArrayImgs.unsignedBytes(6, 6), ArrayImgs.unsignedBytes(6, 6), null);
		assertThrows(IllegalArgumentException.class, () -> guidance.guide(odd, settings(GuidanceSource.FILTER, 0.5,
			PatchSampling.PROPORTIONAL)));
		final Exception e = assertThrows(IllegalArgumentException.class, () -> VesselMapper.filterOnly(33, Device.cpu()));
		assertTrue(e.getMessage().contains("multiple of 32 px, but was 33"), e.getMessage());
	}
}
