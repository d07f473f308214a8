package sc.fiji.vasomim.skeleton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** Lines that one can draw on paper; those 1 px wide are their own centrelines. */
class VesselSizesTest {

	private static final double DIAGONAL = Math.sqrt(2);

	/** @param rows one digit for each px */
	private static Img<UnsignedByteType> draw(final String... rows) {
		final byte[] pixels = new byte[rows.length * rows[0].length()];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) (rows[i / rows[0].length()].charAt(i % rows[0].length()) - '0');
		return ArrayImgs.unsignedBytes(pixels, rows[0].length(), rows.length);
	}

	private static void assertSize(final double area, final double length, final double diameter, final VesselSize size) {
		assertEquals(area, size.area(), 1e-9);
		assertEquals(length, size.length(), 1e-9);
		assertEquals(diameter, size.diameter(), 1e-9);
	}

	@Test
	void aLineIsAsLongAsItsLinks() {
		assertSize(5, 4, 2, VesselSizes.of(draw("0000000", "0111110", "0000000"), 1, 1).get(1));
		assertSize(4, 3, 2, VesselSizes.of(draw("010", "010", "010", "010"), 1, 1).get(1));
		assertSize(4, 3 * DIAGONAL, 2, VesselSizes.of(draw("1000", "0100", "0010", "0001"), 1, 1).get(1));
		assertSize(3, 2 * DIAGONAL, 2, VesselSizes.of(draw("00100", "01000", "10000"), 1, 1).get(1));
		assertSize(1, 0, 2, VesselSizes.of(draw("000", "010", "000"), 1, 1).get(1));
	}

	/** Of the corner's three px, the two ends touch by their corners too, but the way leads over the third. */
	@Test
	void aBendAndABranchCountNoLinkTwice() {
		assertEquals(1 + DIAGONAL + 1, VesselSizes.of(draw("1100", "0010", "0010"), 1, 1).get(1).length(), 1e-9);
		final Img<UnsignedByteType> cross = draw("00100", "00100", "11111", "00100", "00100");
		assertEquals(8, VesselSizes.of(cross, 1, 1).get(1).length(), 1e-9);
	}

	@Test
	void lengthsAreInTheUnitOfThePixels() {
		final Img<UnsignedByteType> slant = draw("1000", "0100", "0011");
		assertSize(4 * 0.12, 2 * 0.5 + 0.3, 0.6, VesselSizes.of(slant, 0.3, 0.4).get(1));
		assertSize(4 * 0.12, 2 * 0.5 + 0.4, 0.6, VesselSizes.of(slant, 0.4, 0.3).get(1));
	}

	/** 4 rows: the centreline is the second or third, two px from the nearest row outside. */
	@ParameterizedTest
	@CsvSource({ "4, 4", "6, 6", "3, 4", "5, 6" })
	void theDiameterOfABarIsItsWidthRoundedUpToEvenPx(final int rows, final double diameter) {
		final byte[] pixels = new byte[60 * 20];
		for (int i = 0; i < pixels.length; i++)
			if (i / 60 >= 5 && i / 60 < 5 + rows && i % 60 >= 5 && i % 60 < 55) pixels[i] = (byte) 255;
		final VesselSize size = VesselSizes.of(ArrayImgs.unsignedBytes(pixels, 60, 20), 1, 1).get(255);
		assertEquals(50 * rows, size.area());
		assertEquals(diameter, size.diameter(), 0.25);
		assertTrue(size.length() >= 49 - rows && size.length() <= 49 + rows, size.toString());
	}

	/** Two segments of one vessel: cut apart, each would lose its end at the cut. */
	@Test
	void segmentsOfAVesselShareItsCentreline() {
		final Map<Integer, VesselSize> sizes = VesselSizes.of(draw("11112222"), 1, 1);
		assertSize(4, 3.5, 2, sizes.get(1));
		assertSize(4, 3.5, 2, sizes.get(2));
		assertEquals(List.of(1, 2), List.copyOf(sizes.keySet()));
		assertEquals(Map.of(), VesselSizes.of(draw("0000", "0000"), 1, 1));
	}

	/** Against all pairs of px, by definition. */
	@Test
	void distancesAreExact() {
		final int width = 37;
		final int height = 23;
		final boolean[] mask = new boolean[width * height];
		final Random random = new Random(3);
		for (int i = 0; i < mask.length; i++)
			mask[i] = random.nextInt(30) > 0;
		final DistanceMap radius = new DistanceMap(mask, width, 0.7, 1.1, DistanceMap.Beyond.OUTSIDE);
		for (int i = 0; i < mask.length; i++) {
			double nearest = Double.POSITIVE_INFINITY;
			for (int y = -1; y <= height; y++)
				for (int x = -1; x <= width; x++) {
					final boolean inside = x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x];
					if (!inside) nearest = Math.min(nearest, Math.hypot(0.7 * (x - i % width), 1.1 * (y - i / width)));
				}
			assertEquals(nearest, radius.at(i % width, i / width), 1e-9);
		}
	}

	@Test
	void badInputIsNamed() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> VesselSizes.of(ArrayImgs.unsignedBytes(2, 2, 2), 1, 1))
			.getMessage().startsWith("labels: "));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> VesselSizes.of(draw("00"), 0, 1)).getMessage()
			.startsWith("pixelWidth, pixelHeight: "));
	}
}
