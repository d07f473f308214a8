package sc.fiji.vasomim.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.process.ColorProcessor;

/** Two tiles of 224 px: 466 px with the gaps. */
class PanelTest {

	private static final String LONG =
		"Epoch 400: 49 % of the 98 hidden patches contain vessel; 42 % of all 196 patches do";

	private static Panel panel(final String title) {
		return new Panel().row().add(title, tile()).add("second", tile());
	}

	/** White as the ground, so that all that is dark is text. */
	private static ColorProcessor tile() {
		final ColorProcessor tile = new ColorProcessor(224, 224);
		tile.setColor(0xffffff);
		tile.fill();
		return tile;
	}

	/** A line that is cut off fills the margin; one that ends in time leaves 6 px free, and not much more. */
	@ParameterizedTest
	@ValueSource(strings = { "caption", "key" })
	void longLinesEndBeforeTheMargin(final String where) {
		final ColorProcessor figure = where.equals("key") ? panel("").key(tile(), LONG.substring(0, 50)).draw() : panel("")
			.caption("a\n" + LONG + "\nb").draw();
		assertEquals(466, figure.getWidth());
		final int last = lastDark(figure, 0, 466, 224 + 26);
		assertTrue(last >= 400 && last < 460, "ends at " + last);
	}

	@Test
	void shortLinesKeepTheirSize() {
		assertEquals(lastDark(panel("").caption("Epoch 400").draw(), 0, 466, 224 + 26), lastDark(panel("").add("", tile())
			.caption("Epoch 400").draw(), 0, 466, 224 + 26));
	}

	@Test
	void longTitlesEndWithTheirTile() {
		final int last = lastDark(panel(LONG.substring(0, 48)).draw(), 0, 236 + 224, 0, 20);
		assertTrue(last >= 236, "the second title");
		assertTrue(lastDark(panel(LONG.substring(0, 48)).draw(), 0, 234, 0, 20) < 231);
	}

	/** A stack's planes differ in their numbers. */
	@Test
	void theSizeDoesNotDependOnTheText() {
		final ColorProcessor one = panel("").caption("9 %").draw();
		final ColorProcessor other = panel("").caption(LONG).draw();
		assertEquals(one.getWidth(), other.getWidth());
		assertEquals(one.getHeight(), other.getHeight());
	}

	private static int lastDark(final ColorProcessor figure, final int left, final int right, final int top) {
		return lastDark(figure, left, right, top, figure.getHeight());
	}

	private static int lastDark(final ColorProcessor figure, final int left, final int right, final int top,
		final int bottom)
	{
		int last = -1;
		for (int y = top; y < bottom; y++)
			for (int x = left; x < right; x++)
				if ((figure.get(x, y) & 0xff) < 200) last = Math.max(last, x);
		return last;
	}
}
