package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** A grid of 3 x 2 patches of 2 px, of which the image of 5 x 3 px fills the last ones by half; windows of 2 x 2. */
class WindowTest {

	private static final PatchGrid GRID = new PatchGrid(5, 3, 2);

	private static final boolean[] HIDDEN = { false, true, false, true, false, false };

	@Test
	void insideTheImage() {
		final Window window = new Window(GRID, 2, 1, 0);
		// Patches 1, 2, 4, 5.
		assertArrayEquals(new long[] { 1, 2, 3 }, window.visible(HIDDEN));
		assertArrayEquals(new float[] { 11, 12, 14, 15 }, window.cut(new float[] { 10, 11, 12, 13, 14, 15 }));
	}

	@Test
	void whatLiesOutsideIsNeitherVisibleNorAdded() {
		final Window window = new Window(GRID, 2, 2, 1);
		// Patch 5, and three that are not there.
		assertArrayEquals(new long[] { 0 }, window.visible(HIDDEN));
		assertArrayEquals(new float[] { 15, 0, 0, 0 }, window.cut(new float[] { 10, 11, 12, 13, 14, 15 }));
		final double[] sum = new double[15];
		final int[] count = new int[6];
		final float[] pixels = new float[16];
		java.util.Arrays.fill(pixels, 7);
		window.add(pixels, sum, count);
		window.add(pixels, sum, count);
		// One pixel of the image only: x = 4, y = 2.
		final double[] expected = new double[15];
		expected[14] = 14;
		assertArrayEquals(expected, sum);
		assertArrayEquals(new int[] { 0, 0, 0, 0, 0, 2 }, count);
	}
}
