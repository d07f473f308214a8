package sc.fiji.vasomim.skeleton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

class SkeletonTest {

	/** Pictures of src/test/python/segmentation_reference.py. */
	@ParameterizedTest
	@ValueSource(strings = { "noise", "blobs-1", "blobs-2", "blobs-4", "holes", "lines", "full", "row", "column",
		"two-rows", "square", "pixel", "empty", "val-030", "val-046", "val-152", "val-193" })
	void equalsScikitImage(final String name) throws IOException {
		final Img<UnsignedByteType> picture = picture(name);
		final Img<UnsignedByteType> skeleton = Skeleton.of(picture);
		final Cursor<UnsignedByteType> expected = Views.flatIterable(picture).cursor();
		int different = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(skeleton)) {
			assertTrue(pixel.get() == 0 || pixel.get() == 255);
			if ((pixel.get() == 255) != (expected.next().get() == 255)) different++;
		}
		assertEquals(0, different, "px differ");
	}

	/** Against passes over all pixels, as the paper has them: noise of any density, coarse blobs, and all of an image. */
	@ParameterizedTest
	@CsvSource({ "1, 50", "1, 80", "1, 97", "4, 60", "7, 75", "50, 60", "9, 100" })
	void equalsPassesOverAllPixels(final int grain, final int density) {
		final int width = 83, height = 61;
		final Random random = new Random(grain * density);
		final boolean[] grains = new boolean[width * height];
		for (int i = 0; i < grains.length; i++)
			grains[i] = random.nextInt(100) < density;
		final boolean[] mask = new boolean[width * height];
		final byte[] pixels = new byte[mask.length];
		for (int i = 0; i < mask.length; i++) {
			mask[i] = grains[i / width / grain * width + i % width / grain];
			pixels[i] = (byte) (mask[i] ? 1 : 0);
		}
		thin(mask, width);
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(Skeleton.of(ArrayImgs.unsignedBytes(pixels, width, height))))
			assertEquals(mask[i], pixel.get() > 0, "px " + i++);
	}

	private static void thin(final boolean[] mask, final int width) {
		final byte[] table = RemovalTable.create();
		boolean changed = true;
		for (int pass = 0; changed || pass % 2 == 1; pass++) {
			if (pass % 2 == 0) changed = false;
			final boolean[] before = mask.clone();
			for (int i = 0; i < mask.length; i++)
				if (before[i] && (table[neighbours(before, width, i)] & (pass % 2 == 0 ? RemovalTable.FIRST
					: RemovalTable.SECOND)) != 0)
				{
					mask[i] = false;
					changed = true;
				}
		}
	}

	private static int neighbours(final boolean[] mask, final int width, final int i) {
		final int[][] steps = { { 0, -1 }, { 1, -1 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { -1, 1 }, { -1, 0 }, { -1, -1 } };
		int neighbours = 0;
		for (int k = 0; k < 8; k++) {
			final int x = i % width + steps[k][0], y = i / width + steps[k][1];
			if (x >= 0 && x < width && y >= 0 && y < mask.length / width && mask[y * width + x]) neighbours |= 1 << k;
		}
		return neighbours;
	}

	@Test
	void aSquareLeavesItsUpperSide() {
		// By hand: the first pass takes the lower corners, which face north; each upper one is then an end of a line.
		assertEquals("0000 0110 0000 0000", rows(Skeleton.of(mask("0000 0110 0110 0000"))));
	}

	@Test
	void linesOfOnePixelStay() {
		for (final String line : new String[] { "0000 1111 0000 0000", "1000 0100 0010 0001", "0010 0010 0010 0010" })
			assertEquals(line, rows(Skeleton.of(mask(line))));
	}

	@Test
	void aStairLosesItsCorner() {
		assertEquals("1000 1000 0111 0000", rows(Skeleton.of(mask("1000 1000 1111 0000"))));
	}

	@Test
	void takesAnyTypeOriginAndOrder() {
		final RandomAccessibleInterval<BitType> bits = ArrayImgs.bits(4, 4);
		final Img<UnsignedByteType> mask = mask("0110 0111 0011 0001");
		final Cursor<UnsignedByteType> from = Views.flatIterable(mask).cursor();
		Views.flatIterable(Views.permute(bits, 0, 1)).forEach(bit -> bit.set(from.next().get() != 0));
		assertEquals(rows(Skeleton.of(mask)), rows(Skeleton.of(Views.translate(Views.permute(bits, 0, 1), -7, 3))));
	}

	@Test
	void refusesStacks() {
		final Img<UnsignedByteType> stack = ArrayImgs.unsignedBytes(4, 4, 2);
		final String message = assertThrows(IllegalArgumentException.class, () -> Skeleton.of(stack)).getMessage();
		assertEquals("mask: must be of 2 dimensions, but is of 3; give one plane at a time", message);
	}

	private static Img<UnsignedByteType> mask(final String rows) {
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(4, 4);
		final Cursor<UnsignedByteType> cursor = Views.flatIterable(mask).cursor();
		rows.replace(" ", "").chars().forEach(c -> cursor.next().set(c - '0'));
		return mask;
	}

	private static String rows(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final StringBuilder rows = new StringBuilder();
		for (final RealType<?> pixel : Views.flatIterable(image)) {
			if (rows.length() % 5 == 4) rows.append(' ');
			rows.append(pixel.getRealDouble() == 0 ? 0 : 1);
		}
		return rows.toString();
	}

	private static Img<UnsignedByteType> picture(final String name) throws IOException {
		final Raster raster = ImageIO.read(SkeletonTest.class.getResource("/skeleton/" + name + ".png")).getRaster();
		final int width = raster.getWidth(), height = raster.getHeight();
		final Img<UnsignedByteType> picture = ArrayImgs.unsignedBytes(width, height);
		final int[] values = raster.getSamples(0, 0, width, height, 0, (int[]) null);
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(picture))
			pixel.set(values[i++]);
		return picture;
	}
}
