package sc.fiji.vasomim.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

class MetricsTest {

	@Test
	void diceByHand() {
		// |A| = 3, |B| = 2, |A and B| = 2: 4 / 5.
		assertEquals(.8, Dice.of(bytes(1, 255, 7, 0), bytes(0, 255, 255, 0)));
		assertEquals(0, Dice.of(bytes(1, 0, 0, 0), bytes(0, 1, 1, 1)));
		assertEquals(1, Dice.of(bytes(0, 9, 0, 0), bytes(0, 1, 0, 0)));
		assertEquals(0, Dice.of(bytes(0, 0, 0, 0), bytes(0, 1, 0, 0)));
		assertEquals(1, Dice.of(bytes(0, 0, 0, 0), bytes(0, 0, 0, 0)));
	}

	@Test
	void diceOfOtherTypesAndOrders() {
		final RandomAccessibleInterval<BitType> bits = ArrayImgs.bits(2, 2);
		bits.getAt(1, 0).set(true);
		bits.getAt(0, 1).set(true);
		// The same pixels seen with the axes exchanged, in another iteration order and with another origin.
		final RandomAccessibleInterval<UnsignedByteType> other =
			Views.translate(Views.permute(bytes(0, 1, 0, 0), 0, 1), 5, 5);
		assertEquals(2. / 3, Dice.of(bits, other));
		assertEquals(1, Dice.of(ArrayImgs.floats(new float[] { 0, -.1f }, 2, 1), bytes2(0, 1)));
	}

	@Test
	void psnrByHand() {
		// Differences 3 and 4: mean square 12.5; 10 log10(255^2 / 12.5) = 37.1617...
		assertEquals(37.16170, Psnr.of(bytes2(13, 10), bytes2(10, 14), 255), 1e-5);
		// Differences 1 and 0, peak 1: mean square .5.
		assertEquals(10 * Math.log10(2), Psnr.of(ArrayImgs.floats(new float[] { 0, 1 }, 2, 1), bytes2(1, 1), 1), 1e-12);
		// Only the second pixel counts: 10 log10(255^2 / 16).
		assertEquals(36.08960, Psnr.of(bytes2(13, 10), bytes2(10, 14), bytes2(0, 255), 255), 1e-5);
		assertEquals(Double.POSITIVE_INFINITY, Psnr.of(bytes2(1, 2), bytes2(1, 2), 255));
	}

	@Test
	void namesWhatIsWrong() {
		assertRefused("prediction: must have the size of truth, [2, 2], but has [2, 1]",
			() -> Dice.of(bytes2(1, 1), bytes(1, 1, 1, 1)));
		assertRefused("image: must have", () -> Psnr.of(bytes2(1, 1), bytes(1, 1, 1, 1), 255));
		assertRefused("mask: must have", () -> Psnr.of(bytes2(1, 1), bytes2(1, 1), bytes(1, 1, 1, 1), 255));
		assertRefused("mask: no pixel", () -> Psnr.of(bytes2(1, 1), bytes2(1, 1), bytes2(0, 0), 255));
		assertRefused("peak", () -> Psnr.of(bytes2(1, 1), bytes2(1, 1), 0));
		assertRefused("peak", () -> Psnr.of(bytes2(1, 1), bytes2(1, 1), Double.NaN));
	}

	private static void assertRefused(final String words, final Runnable call) {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
		assertTrue(e.getMessage().startsWith(words), e.getMessage());
	}

	/** 2 x 2, row by row. */
	private static RandomAccessibleInterval<UnsignedByteType> bytes(final int... rows) {
		final RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(2, 2);
		for (int i = 0; i < rows.length; i++) image.getAt(i % 2, i / 2).set(rows[i]);
		return image;
	}

	private static RandomAccessibleInterval<UnsignedByteType> bytes2(final int a, final int b) {
		return ArrayImgs.unsignedBytes(new byte[] { (byte) a, (byte) b }, 2, 1);
	}
}
