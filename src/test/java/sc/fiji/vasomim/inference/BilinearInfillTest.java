package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

class BilinearInfillTest {

	/** Across, 10 to 40 in steps of 10 over a gap of 3 px; down, 30 over a gap at the end that spans 2 px. */
	@Test
	void aGapByHand() {
		final double[][] values = { { 50, 30, 30, 50 }, { 10, 0, 0, 40 } };
		final boolean[][] gaps = { { false, false, false, false }, { false, true, true, false } };
		BilinearInfill.fill(values, gaps);
		// At x = 1: (20 / 3 + 30 / 2) / (1 / 3 + 1 / 2) = 26; at x = 2: (30 / 3 + 30 / 2) / (5 / 6) = 30.
		assertArrayEquals(new double[] { 10, 26, 30, 40 }, values[1], 1e-12);
		assertArrayEquals(new double[] { 50, 30, 30, 50 }, values[0], 1e-12);
	}

	/** In the second row and column of three nothing is visible: their crossing takes the mean of all visible values. */
	@Test
	void whatSeesNothingTakesTheMean() {
		final double[][] values = { { 1, 9, 3 }, { 9, 9, 9 }, { 5, 9, 7 } };
		final boolean[][] gaps = { { false, true, false }, { true, true, true }, { false, true, false } };
		BilinearInfill.fill(values, gaps);
		assertEquals(4, values[1][1], 1e-12);
		assertEquals(2, values[0][1], 1e-12);
		assertEquals(3, values[1][0], 1e-12);
	}

	/** Patches of 2 px, an image of 5 x 2: a ramp comes back where it has two ends, visible pixels stay. */
	@Test
	void patchesOfAnImageThatIsNoMultipleOfThem() {
		final byte[] ramp = { 10, 20, 30, 40, 50, 10, 20, 30, 40, 50 };
		final RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(ramp.clone(), 5, 2);
		final PatchGrid grid = new PatchGrid(5, 2, 2);
		assertArrayEquals(ramp, bytes(BilinearInfill.fill(image, grid, new boolean[] { false, true, false })));
		assertArrayEquals(new byte[] { 10, 20, 30, 40, 40, 10, 20, 30, 40, 40 }, bytes(BilinearInfill.fill(image, grid,
			new boolean[] { false, false, true })));
	}

	private static byte[] bytes(final RandomAccessibleInterval<UnsignedByteType> image) {
		final byte[] bytes = new byte[(int) (image.dimension(0) * image.dimension(1))];
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(image))
			bytes[i++] = pixel.getByte();
		return bytes;
	}
}
