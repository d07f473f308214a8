package sc.fiji.vasomim.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.array.ArrayImgs;

class SpecksTest {

	/** 7 x 4 px with components of 1, 3 and 4 px: the second holds by a corner, the third has two labels. */
	private static final String IMAGE = "1033000 0000300 0000000 1122000";

	@ParameterizedTest
	@CsvSource({ "0, 1033000 0000300 0000000 1122000", "1, 1033000 0000300 0000000 1122000",
		"2, 0033000 0000300 0000000 1122000", "3, 0033000 0000300 0000000 1122000",
		"4, 0000000 0000000 0000000 1122000", "5, 0000000 0000000 0000000 0000000" })
	void componentsOfLessPxGo(final int least, final String left) {
		final byte[] pixels = new byte[28];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) (IMAGE.replace(" ", "").charAt(i) - '0');
		Specks.remove(ArrayImgs.unsignedBytes(pixels, 7, 4), least);
		final StringBuilder text = new StringBuilder();
		for (final byte pixel : pixels)
			text.append(pixel);
		assertEquals(left.replace(" ", ""), text.toString());
	}
}
