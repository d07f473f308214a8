package sc.fiji.vasomim.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntBinaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** Against scikit-image 0.25.2: the numbers are those that src/test/python/ssim_reference.py prints. */
class SsimTest {

	private static final RandomAccessibleInterval<UnsignedByteType> REFERENCE = image(37, 29, SsimTest::reference);

	private static final RandomAccessibleInterval<UnsignedByteType> IMAGE = image(37, 29, (x, y) -> Math.max(0, Math.min(
		255, reference(x, y) + (x * 31 + y * 17) % 41 - 20)));

	private static int reference(final int x, final int y) {
		return (x * 7 + y * 13 + x * y) % 256;
	}

	@Test
	void theMeanIsThatOfScikitImage() {
		assertEquals(0.9836763582051322, Ssim.of(IMAGE, REFERENCE, 255), 1e-9);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 0.8453178453793189", "36, 0, 0.9934481780560809", "0, 28, 0.9522443224242152",
		"36, 28, 0.9874445580046759", "18, 14, 0.9885854383139758", "3, 20, 0.9733341138026977" })
	void theMapIsThatOfScikitImageUpToTheBorder(final int x, final int y, final double expected) {
		assertEquals(expected, Ssim.map(IMAGE, REFERENCE, 255).getAt(x, y).get(), 1e-9);
	}

	@Test
	void theMeanOverAMaskIsThatOfTheMap() {
		final RandomAccessibleInterval<UnsignedByteType> mask = image(37, 29, (x, y) -> (x / 8 + y / 8) % 2 == 0 ? 7 : 0);
		assertEquals(0.9753875128445152, Ssim.of(IMAGE, REFERENCE, mask, 255), 1e-9);
		final RandomAccessibleInterval<UnsignedByteType> elsewhere = Views.translate(IMAGE, 5, 5);
		assertEquals(0.9753875128445152, Ssim.of(elsewhere, REFERENCE, mask, 255), 1e-9);
	}

	/** Constant images have neither variance nor covariance: (2 a b + c1) / (a^2 + b^2 + c1), here with c1 = 6.5025. */
	@Test
	void constantImagesByHand() {
		final RandomAccessibleInterval<UnsignedByteType> ten = image(3, 2, (x, y) -> 10);
		final RandomAccessibleInterval<UnsignedByteType> twenty = image(3, 2, (x, y) -> 20);
		assertEquals(406.5025 / 506.5025, Ssim.of(ten, twenty, image(3, 2, (x, y) -> 1), 255), 1e-12);
		assertEquals(1, Ssim.of(ten, ten, image(3, 2, (x, y) -> 1), 255), 1e-12);
	}

	@Test
	void namesWhatIsWrong() {
		final RandomAccessibleInterval<UnsignedByteType> small = image(10, 11, (x, y) -> x);
		assertRefused("image: both sides must have at least 11 px, but one has 10", () -> Ssim.of(small, small, 255));
		assertRefused("image: must have the size of reference", () -> Ssim.of(small, REFERENCE, 255));
		assertRefused("mask: must have the size of reference", () -> Ssim.of(IMAGE, REFERENCE, small, 255));
		assertRefused("mask: no pixel is set", () -> Ssim.of(small, small, image(10, 11, (x, y) -> 0), 255));
		assertRefused("range: must be above 0, but is 0", () -> Ssim.of(small, small, small, 0));
	}

	private static void assertRefused(final String words, final Runnable call) {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
		assertTrue(e.getMessage().startsWith(words), e.getMessage());
	}

	private static RandomAccessibleInterval<UnsignedByteType> image(final int width, final int height,
		final IntBinaryOperator value)
	{
		final byte[] pixels = new byte[width * height];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) value.applyAsInt(i % width, i / width);
		return ArrayImgs.unsignedBytes(pixels, width, height);
	}
}
