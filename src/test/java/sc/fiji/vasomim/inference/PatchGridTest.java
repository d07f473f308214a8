package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

class PatchGridTest {

	@Test
	void theLastPatchesMayReachBeyondTheImage() {
		final PatchGrid grid = new PatchGrid(9, 4, 4);
		assertEquals(3, grid.columns());
		assertEquals(1, grid.rows());
		assertEquals(3, grid.patches());
		assertEquals(2, grid.at(8, 3));
		assertEquals(4, new PatchGrid(5, 7, 4).patches());
		assertEquals(2, new PatchGrid(5, 7, 4).at(3, 4));
	}

	/** 6 x 3 px in patches of 4: the second patch has two columns of its own, all have three rows. */
	@Test
	void paddingMirrorsAPatchInItself() {
		final RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(new byte[] { //
			1, 2, 3, 4, 5, 6, //
			11, 12, 13, 14, 15, 16, //
			21, 22, 23, 24, 25, 26 }, 6, 3);
		final byte[] expected = { //
			1, 2, 3, 4, 5, 6, 6, 5, //
			11, 12, 13, 14, 15, 16, 16, 15, //
			21, 22, 23, 24, 25, 26, 26, 25, //
			21, 22, 23, 24, 25, 26, 26, 25 };
		assertArrayEquals(expected, bytes(new PatchGrid(6, 3, 4).pad(image)));
		assertArrayEquals(expected, bytes(new PatchGrid(6, 3, 4).pad(Views.translate(image, 7, -2))));
		final RandomAccessibleInterval<UnsignedByteType> pixel = ArrayImgs.unsignedBytes(new byte[] { 9 }, 1, 1);
		assertArrayEquals(new byte[] { 9, 9, 9, 9, 9, 9, 9, 9, 9 }, bytes(new PatchGrid(1, 1, 3).pad(pixel)));
	}

	@Test
	void hiddenPatchesAsPixels() {
		assertArrayEquals(new byte[] { 0, 0, -1, 0, 0, -1, -1, -1, 0 }, bytes(new PatchGrid(3, 3, 2).pixels(new boolean[] {
			false, true, true, false })));
	}

	@Test
	void somethingMustBeHiddenAndSomethingVisible() {
		final PatchGrid grid = new PatchGrid(9, 4, 4);
		grid.require(new boolean[] { false, true, true });
		assertRefused("hidden: would hide 3 of the 3 patches", "Hide less", () -> grid.require(new boolean[] { true, true,
			true }));
		assertRefused("hidden: would hide 0 of the 3 patches", "Hide more", () -> grid.require(new boolean[3]));
		assertRefused("hidden: must say so of 3 patches", "2", () -> grid.require(new boolean[2]));
		assertRefused("width, height, patch", "0", () -> new PatchGrid(0, 4, 4));
	}

	private static void assertRefused(final String start, final String word, final Runnable call) {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
		assertTrue(e.getMessage().startsWith(start) && e.getMessage().contains(word), e.getMessage());
	}

	private static byte[] bytes(final RandomAccessibleInterval<UnsignedByteType> image) {
		final byte[] bytes = new byte[(int) (image.dimension(0) * image.dimension(1))];
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(image))
			bytes[i++] = pixel.getByte();
		return bytes;
	}
}
