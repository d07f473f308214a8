package sc.fiji.vasomim.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class LabelColoursTest {

	@Test
	void theBackgroundIsBlackAndNoTwoLabelsShareAColour() {
		assertEquals(Color.BLACK, LabelColours.of(0));
		final Set<Color> colours = new HashSet<>();
		for (int i = 0; i < 256; i++) {
			assertTrue(colours.add(LabelColours.of(i)), "label " + i);
			assertEquals(LabelColours.of(i).getRGB(), LabelColours.lut().getRGB(i));
		}
	}

	/** The green of sRGB, L* 88, a* -86, b* 83, is farther from black than any other colour. Of the first 26, any two differ by a sixth of the whole range of a channel. */
	@Test
	void theFirstColoursAreFarApart() {
		assertEquals(Color.GREEN, LabelColours.of(1));
		for (int i = 0; i <= 26; i++)
			for (int j = 0; j < i; j++) {
				final Color a = LabelColours.of(i);
				final Color b = LabelColours.of(j);
				assertTrue(Math.abs(a.getRed() - b.getRed()) + Math.abs(a.getGreen() - b.getGreen()) + Math.abs(a.getBlue() - b
					.getBlue()) > 40, i + " " + a + " and " + j + " " + b);
			}
	}
}
