package sc.fiji.vasomim.figure;

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
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.guidance.VesselMaps;
import sc.fiji.vasomim.inference.PatchGrid;

/** An image of 16 patches, of which the filter sees vessel in the first six. */
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
		final byte[] image = new byte[SIZE * SIZE];
		final float[] probability = new float[SIZE * SIZE];
		for (int i = 0; i < image.length; i++) {
			image[i] = (byte) (i * 31 % 251);
			probability[i] = i * 7 % 101 / 100f;
		}
		maps = new VesselMaps(ArrayImgs.unsignedBytes(image, SIZE, SIZE), ArrayImgs.unsignedBytes(mask, SIZE, SIZE), ArrayImgs
			.floats(probability, SIZE, SIZE));
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

	/** Row by row, as docs/co-guidance.md names them. */
	@ParameterizedTest
	@CsvSource({ "BOTH, 4, 'image anatomy probability map heat 1 50 100'",
		"SEGMENTOR, 4, 'image anatomy probability heat 1 50 100'", "FILTER, 3, 'image anatomy heat 1 50 100'",
		"NONE, 3, 'image anatomy - 1 50 100'" })
	void everyTileShowsItsMap(final GuidanceSource source, final int columns, final String tiles) {
		final CoGuidanceFigures.Settings settings = settings(source, 0, 0.5, 50, 100);
		final PatchGuidance guide = guidance.guide(maps, settings.masking());
		final ColorProcessor figure = new CoGuidanceFigures(settings, guidance).draw(guide, 5);
		final String[] names = tiles.split(" ");
		for (int i = 0; i < names.length; i++)
			// Three masks stand in the second row even if the first has four tiles.
			if (!names[i].equals("-")) assertTile(names[i], expected(names[i], guide, settings), figure, i % columns, i /
				columns);
	}

	private ColorProcessor expected(final String name, final PatchGuidance guide,
		final CoGuidanceFigures.Settings settings)
	{
		return switch (name) {
			case "image" -> Tiles.grey(maps.image(), 255);
			case "anatomy" -> Tiles.grey(maps.anatomy(), 255);
			case "probability" -> Tiles.grey(maps.probability(), 1);
			case "map" -> Tiles.grey(guide.map(), 1);
			case "heat" -> Tiles.heat(guide.distribution(), guide.grid());
			default -> Tiles.tintPatches(Tiles.grey(maps.image(), 255), guidance.sample(guide, settings.masking(), Integer
				.parseInt(name) - 1, 100, 3, 5));
		};
	}

	/** Each pixel of the tile as a square of 7 px. */
	private static void assertTile(final String name, final ColorProcessor expected, final ColorProcessor figure,
		final int column, final int row)
	{
		for (int y = 0; y < 7 * SIZE; y++)
			for (int x = 0; x < 7 * SIZE; x++)
				assertEquals(expected.get(x / 7, y / 7) & 0xffffff, figure.get(6 + 230 * column + x, 26 + 250 * row + y) &
					0xffffff, name + " at " + x + ", " + y);
	}

	/** A grey level is the value's share of white: by hand for one pixel of each map. */
	@Test
	void greyTilesAreTheMapsValues() {
		assertEquals(0x1f1f1f, Tiles.grey(maps.image(), 255).get(1));
		assertEquals(0xffffff, Tiles.grey(maps.anatomy(), 255).get(0));
		// 0.07 of 255 is 17.85.
		assertEquals(0x121212, Tiles.grey(maps.probability(), 1).get(1));
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
		final ColorProcessor tile = Tiles.tintPatches(grey, new PatchMask(new PatchGrid(SIZE, SIZE, PATCH), masked, guided));
		assertEquals(Tiles.tintKey(false, 1, 1).get(0), tile.get(0, 0));
		assertEquals(Tiles.tintKey(true, 1, 1).get(0), tile.get(PATCH, PATCH));
		assertEquals(0x808080, tile.get(2 * PATCH, PATCH));
		final ColorProcessor heat = Tiles.heat(new float[] { 0, 1, 2, 4 }, new PatchGrid(2, 2, 1));
		final ColorProcessor key = Tiles.heatKey(5, 1);
		assertEquals(key.get(0), heat.get(0));
		assertEquals(key.get(1), heat.get(1));
		assertEquals(key.get(2), heat.get(2));
		assertEquals(key.get(4), heat.get(3));
	}
}
