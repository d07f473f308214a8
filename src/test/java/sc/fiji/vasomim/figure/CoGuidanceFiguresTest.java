package sc.fiji.vasomim.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;

import ij.ImageStack;
import ij.process.ColorProcessor;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.guidance.VesselMaps;

/** An image of 16 patches, of which the filter sees vessel in the first {@code VESSEL}. */
class CoGuidanceFiguresTest {

	private static final int SIZE = 32;

	private static final int PATCH = 8;

	private static final int PATCHES = 16;

	private static final int VESSEL = 6;

	private final CoGuidance guidance = new CoGuidance(PATCH, Device.cpu());

	private final VesselMaps maps;

	CoGuidanceFiguresTest() {
		final byte[] mask = new byte[SIZE * SIZE];
		for (int patch = 0; patch < VESSEL; patch++)
			for (int i = 0; i <= patch; i++)
				mask[patch / 4 * PATCH * SIZE + patch % 4 * PATCH + i] = (byte) 255;
		maps = new VesselMaps(ArrayImgs.unsignedBytes(SIZE, SIZE), ArrayImgs.unsignedBytes(mask, SIZE, SIZE), ArrayImgs
			.floats(SIZE, SIZE));
	}

	@AfterEach
	void close() {
		guidance.close();
	}

	private static CoGuidanceFigures.Settings settings(final GuidanceSource source, final double start,
		final double end, final int epoch, final int epochs)
	{
		return new CoGuidanceFigures.Settings(epoch, epochs, new MaskingSettings(new MaskSchedule(0.5, start, end), source,
			0.5, PatchSampling.PROPORTIONAL), SIZE, PATCH, 3);
	}

	private VesselShare share(final CoGuidanceFigures.Settings settings, final int... epochs) {
		return VesselShare.of(guidance, guidance.guide(maps, settings.masking()), settings, epochs);
	}

	/** All 8 hidden patches by guidance, which has 6: the other two have no vessel. */
	@Test
	void theCurveIsExactWhereNothingIsLeftToChance() {
		final VesselShare share = share(settings(GuidanceSource.FILTER, 1, 1, 1, 2), 1, 2);
		assertArrayEquals(new double[] { 6 / 8.0, 6 / 8.0 }, share.hidden(), 1e-12);
		assertEquals(6 / 16.0, share.all());
		assertArrayEquals(new int[] { 1, 2 }, share.epochs());
	}

	/**
	 * The filter guides to patches with vessel alone, so that k of 8 guided ones leave 6 - k with vessel among 16 - k, of
	 * which 8 - k are drawn: k + (8 - k)(6 - k) / (16 - k) of 8 on average. For k = 0 that is the base rate.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 0", "25, 1", "50, 2", "100, 4" })
	void theCurveIsThatOfDrawsWithoutReplacement(final int epoch, final int guided) {
		final CoGuidanceFigures.Settings settings = settings(GuidanceSource.FILTER, 0, 0.5, epoch, 100);
		assertEquals(guided, settings.masking().schedule().guided(PATCHES, epoch - 1, 100));
		final double expected = (guided + (8 - guided) * (6.0 - guided) / (16 - guided)) / 8;
		// Standard deviation of a hypergeometric share, at its largest without guidance: below 0.13; of the mean 0.016.
		assertEquals(expected, share(settings, epoch).hidden()[0], 4 * 0.13 / Math.sqrt(VesselShare.DRAWS));
	}

	@Test
	void randomMasksStayAtTheBaseRate() {
		double sum = 0;
		for (final double hidden : share(settings(GuidanceSource.NONE, 1, 1, 1, 100), CoGuidanceFigures.spread(100, 100))
			.hidden())
			sum += hidden;
		assertEquals(6 / 16.0, sum / 100, 4 * 0.13 / Math.sqrt(VesselShare.DRAWS * 100));
	}

	@ParameterizedTest
	@CsvSource({ "800, 4, '200,400,600,800'", "7, 3, '2,4,7'", "3, 3, '1,2,3'", "800, 1, 800" })
	void epochsAreSpreadEvenlyUpToTheLast(final int epochs, final int count, final String expected) {
		assertEquals(expected, String.join(",", IntStream.of(CoGuidanceFigures.spread(epochs, count))
			.mapToObj(String::valueOf).toList()));
	}

	@Test
	void impossibleEpochsAreNamed() {
		assertMessage("slices: must lie in 1..3", () -> CoGuidanceFigures.spread(3, 4));
		assertMessage("slices: must lie in 1..3", () -> CoGuidanceFigures.spread(3, 0));
		assertMessage("epoch: must lie in 1..100", () -> settings(GuidanceSource.NONE, 0, 0, 0, 100));
		assertMessage("epoch: must lie in 1..100", () -> settings(GuidanceSource.NONE, 0, 0, 101, 100));
	}

	private static void assertMessage(final String start, final Executable call) {
		final Exception e = assertThrows(IllegalArgumentException.class, call);
		assertTrue(e.getMessage().startsWith(start), e.getMessage());
	}

	/** 8 hidden patches, half of them guided in the end: 1, 2, 3 and 4 after 25, 50, 75 and 100 epochs. */
	@Test
	void slicesSayTheirEpoch() {
		final CoGuidanceFigures.Settings settings = settings(GuidanceSource.FILTER, 0, 0.5, 1, 100);
		final PatchGuidance guide = guidance.guide(maps, settings.masking());
		final ImageStack stack = new CoGuidanceFigures(settings, guidance).epochs(guide, 0, 4);
		assertEquals(List.of("epoch 25 of 100, 1 guided", "epoch 50 of 100, 2 guided", "epoch 75 of 100, 3 guided",
			"epoch 100 of 100, 4 guided"), List.of(Arrays.copyOf(stack.getSliceLabels(), 4)));
	}

	/** Tiles of 32 px are shown at 224, in rows of four or three; without guidance there are two keys less. */
	@ParameterizedTest
	@CsvSource({ "BOTH, 4, 4", "SEGMENTOR, 4, 4", "FILTER, 3, 4", "NONE, 3, 2" })
	void theFigureShowsWhatGuides(final GuidanceSource source, final int columns, final int lines) {
		final CoGuidanceFigures.Settings settings = settings(source, 0, 0.5, 50, 100);
		final PatchGuidance guide = guidance.guide(maps, settings.masking());
		final ColorProcessor figure = new CoGuidanceFigures(settings, guidance).draw(guide, 0);
		assertEquals(columns * (224 + 6) + 6, figure.getWidth());
		assertEquals(2 * (224 + 6 + 20) + 6 + lines * 20, figure.getHeight());
	}

	/** Over mid-grey, for which the key is drawn. */
	@Test
	void tilesCarryTheKeysColours() {
		final ColorProcessor grey = new ColorProcessor(SIZE, SIZE);
		for (int i = 0; i < SIZE * SIZE; i++)
			grey.set(i, 0x808080);
		final boolean[] masked = new boolean[PATCHES];
		final boolean[] guided = new boolean[PATCHES];
		masked[0] = masked[5] = guided[5] = true;
		final ColorProcessor tile = Tiles.tintPatches(grey, 4, masked, guided);
		assertEquals(Tiles.tintKey(false, 1, 1).get(0), tile.get(0, 0));
		assertEquals(Tiles.tintKey(true, 1, 1).get(0), tile.get(PATCH, PATCH));
		assertEquals(0x808080, tile.get(2 * PATCH, PATCH));
		final ColorProcessor heat = Tiles.heat(new float[] { 0, 1, 2, 4 }, 2, 2);
		final ColorProcessor key = Tiles.heatKey(5, 1);
		assertEquals(key.get(0), heat.get(0));
		assertEquals(key.get(1), heat.get(1));
		assertEquals(key.get(2), heat.get(2));
		assertEquals(key.get(4), heat.get(3));
	}
}
