package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.img.array.ArrayImgs;

class CatheterTest {

	private static final List<Point> ALONG = List.of(new Point(10, 40), new Point(70, 40));

	private static double width(final double radius, final List<Point> line) {
		final DoubleUnaryOperator chords = y -> 5 * Math.sqrt(Math.max(0, radius * radius - y * y));
		return Catheter.width(Drawing.vessel(80, 81, 40, chords), line);
	}

	@Test
	void aCylinderHasItsDiameter() {
		assertEquals(9, width(4.5, ALONG), 0.3);
	}

	/** 6 French are 2 mm, 8 px of 0.25 mm; blurred by 1.5 px, on a background that brightens by 2 a px. */
	@ParameterizedTest
	@ValueSource(doubles = { 3, 5 })
	void aBlurredCatheterOfSixFrenchGivesThePixelSize(final double noise) {
		final double[] chords = new double[80 * 81];
		for (int i = 0; i < chords.length; i++)
			for (int k = 0; k < 20; k++) {
				final double y = i / 80 + (k + 0.5) / 20 - 0.5 - 40.3;
				chords[i] += 10 * Math.sqrt(Math.max(0, 16 - y * y)) / 20;
			}
		final double[] blurred = PolygonTube.blur(chords, 80, 1.5);
		final Random random = new Random(6);
		final float[] image = new float[chords.length];
		for (int i = 0; i < image.length; i++)
			image[i] = (float) (100 + 2 * (i / 80) - blurred[i] + noise * random.nextGaussian());
		assertEquals(0.25, 6 * Catheter.FRENCH / Catheter.width(ArrayImgs.floats(image, 80, 81), ALONG), 0.01);
	}

	/** The edges of a cylinder of 40 px are 20 px away, and its chords fall the more, the nearer they are. */
	@Test
	void edgesOutOfReachAreNone() {
		assertRefused("catheterline: must have a dark catheter's edges within 15 px", 20, ALONG);
		assertRefused("catheterline: must have a dark catheter's edges within 15 px", 0, ALONG);
	}

	@Test
	void aLineHasALength() {
		assertRefused("catheterline: must be 4.0 px long or more, but is 0.0", 4.5, List.of(ALONG.get(0), ALONG.get(0)));
		assertRefused("catheterline: needs two points or more, but has 1", 4.5, ALONG.subList(0, 1));
	}

	private static void assertRefused(final String message, final double radius, final List<Point> line) {
		final String said = assertThrows(IllegalArgumentException.class, () -> width(radius, line)).getMessage();
		assertTrue(said.startsWith(message), said);
	}
}
