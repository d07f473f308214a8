package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;

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
