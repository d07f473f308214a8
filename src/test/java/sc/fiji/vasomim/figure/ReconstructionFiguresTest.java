package sc.fiji.vasomim.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.process.ColorProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.inference.PatchGrid;
import sc.fiji.vasomim.inference.PatchStatistics;
import sc.fiji.vasomim.inference.Reconstruction;

class ReconstructionFiguresTest {

	/** Ends and middle of the scale: the first and last colour, and half-way between 932667 and dd513a. */
	@Test
	void theErrorIsColouredFromDarkToLightWhereItCounts() {
		final ColorProcessor tile = Tiles.difference(bytes(10, 10, 200, 10, 10), bytes(10, 42, 72, 202, 74), bytes(255, 255,
			255, 255, 0), 64);
		assertEquals(0x000004, tile.get(0));
		assertEquals(0xb83c51, tile.get(1));
		assertEquals(0xfcffa4, tile.get(2));
		assertEquals(0xfcffa4, tile.get(3));
		assertEquals(Tiles.visibleKey(1, 1).get(0), tile.get(4));
	}

	@Test
	void hiddenPixelsHaveAColourThatIsNoGrey() {
		final ColorProcessor tile = Tiles.hide(Tiles.grey(bytes(10, 200), 255), bytes(255, 0));
		assertEquals(Tiles.hiddenKey(1, 1).get(0), tile.get(0));
		assertEquals(0xc8c8c8, tile.get(1));
		final int colour = tile.get(0);
		assertTrue((colour >> 16 & 255) != (colour & 255), Integer.toHexString(colour));
	}

	/** Tiles are at most 512 px, at least 200 px wide; three columns, two rows, 3 keys and 4 lines of 20 px. */
	@ParameterizedTest
	@CsvSource({ "300, 220, 300, 220", "1024, 600, 512, 300", "90, 40, 270, 120" })
	void tilesAreNeitherHugeNorTiny(final int width, final int height, final int tileWidth, final int tileHeight) {
		final RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(width, height);
		final PatchGrid grid = new PatchGrid(width, height, 16);
		final boolean[] hidden = new boolean[grid.patches()];
		hidden[0] = true;
		final ColorProcessor figure = ReconstructionFigures.draw(new Reconstruction(image, grid, hidden, image, image,
			PatchStatistics.ORIGINAL), "one\ntwo");
		assertEquals(3 * (tileWidth + 6) + 6, figure.getWidth());
		assertEquals(2 * (tileHeight + 26) + 6 + 7 * 20, figure.getHeight());
	}

	private static RandomAccessibleInterval<UnsignedByteType> bytes(final int... values) {
		final byte[] bytes = new byte[values.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) values[i];
		return ArrayImgs.unsignedBytes(bytes, bytes.length, 1);
	}
}
