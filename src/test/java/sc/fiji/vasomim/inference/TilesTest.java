package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilesTest {

	@Test
	void tilesLieEvenlyOnTheStridesGrid() {
		final Tiles tiles = new Tiles(100, 32, 8);
		assertEquals(104, tiles.covered());
		assertEquals(4, tiles.count());
		assertArrayEquals(new int[] { 0, 24, 48, 72 }, starts(tiles));
		assertArrayEquals(new int[] { 0 }, starts(new Tiles(32, 32, 8)));
		assertArrayEquals(new int[] { 0, 8 }, starts(new Tiles(33, 32, 8)));
		assertArrayEquals(new int[] { 0, 1, 2 }, starts(new Tiles(3, 1, 1)));
	}

	private static int[] starts(final Tiles tiles) {
		return java.util.stream.IntStream.range(0, tiles.count()).map(tiles::start).toArray();
	}

	@Test
	void beyondTheEndTheAxisIsMirrored() {
		assertArrayEquals(new long[] { 0, 1, 2, 2, 1, 0, 0, 1 }, new Tiles(3, 8, 4).pixels(0));
		assertArrayEquals(new long[] { 0, 0, 0, 0 }, new Tiles(1, 4, 4).pixels(0));
		assertArrayEquals(new long[] { 4, 5, 6, 7, 8, 8, 7, 6 }, new Tiles(9, 8, 4).pixels(1));
	}

	/** Overlap 8 of 32: two px of 0, the smooth step of 1/8, 3/8, 5/8 and 7/8, two px of 1. */
	@Test
	void weightsRiseSmoothlyWhereTilesOverlap() {
		final float[] weights = new Tiles(104, 32, 8).weights(1);
		assertArrayEquals(new float[] { 0, 0, 11 / 256f, 81 / 256f, 175 / 256f, 245 / 256f, 1, 1, 1, 1 }, java.util.Arrays
			.copyOf(weights, 10));
		assertEquals(1, new Tiles(104, 32, 8).weights(0)[0]);
	}

	@ParameterizedTest
	@CsvSource({ "1, 16, 16", "16, 16, 16", "17, 16, 16", "5000, 512, 16", "1000, 224, 16", "333, 64, 2", "257, 256, 32" })
	void everyPixelIsCoveredAndTilesOverlapByAQuarter(final int length, final int tile, final int stride) {
		final Tiles tiles = new Tiles(length, tile, stride);
		for (int i = 1; i < tiles.count(); i++) {
			final int step = tiles.start(i) - tiles.start(i - 1);
			assertTrue(step > 0 && step <= Math.max(stride, tile * 3 / 4), "step " + step);
		}
		assertEquals(tiles.covered(), tiles.start(tiles.count() - 1) + tile);
		assertTrue(tiles.covered() >= length);
	}
}
