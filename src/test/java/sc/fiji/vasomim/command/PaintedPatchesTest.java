package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;

import sc.fiji.vasomim.inference.PatchGrid;

/** Selections on an image of 40 x 25 px, 5 x 4 patches of 8 px. */
class PaintedPatchesTest {

	private static final PatchGrid GRID = new PatchGrid(40, 25, 8);

	@Test
	void areasTouchAllPatchesThatTheyReachInto() {
		assertEquals(List.of(0), touched(new Roi(0, 0, 8, 8)));
		assertEquals(List.of(0, 1, 5, 6), touched(new Roi(7, 7, 2, 2)));
		assertEquals(List.of(19), touched(new Roi(39, 24, 50, 50)));
		assertEquals(List.of(0), touched(new Roi(-5, -5, 6, 6)));
		assertEquals(List.of(0, 19), touched(new ShapeRoi(new Roi(1, 1, 2, 2)).or(new ShapeRoi(new Roi(38, 24, 1, 1)))));
		// A disc does not reach into the corner patch that its box touches: the box ends at x = 16, y = 16.
		assertEquals(List.of(0, 1, 5, 6, 2, 7, 10, 11).stream().sorted().toList(), touched(new OvalRoi(0, 0, 17, 17)));
	}

	@Test
	void linesAndPoints() {
		assertEquals(List.of(0, 1, 2, 3, 4), touched(new Line(0, 3, 39, 3)));
		assertEquals(List.of(5, 10), touched(new Line(2, 10, 2, 20)));
		assertEquals(List.of(0, 1, 6), touched(new PolygonRoi(new float[] { 4, 12, 12 }, new float[] { 4, 4, 12 }, 3,
			Roi.POLYLINE)));
		assertEquals(List.of(0, 9), touched(new PointRoi(new float[] { 7.6f, 32.5f, 300 }, new float[] { 7.9f, 8, 1 })));
	}

	/** Squeezed to 16 x 16 px, two by two patches: half of the image's width is one patch. */
	@Test
	void onTheNetworksSquareThePatchesAreLarger() {
		final PatchGrid square = new PatchGrid(16, 16, 8);
		assertEquals(List.of(0), touched(new Roi(19, 11, 1, 1), square));
		assertEquals(List.of(1), touched(new Roi(20, 11, 1, 1), square));
		// The pixels of row 12 reach from 7.68 to 8.32 px of the square.
		assertEquals(List.of(1, 3), touched(new Roi(20, 12, 1, 1), square));
		// A pixel of a small image covers many patches.
		assertEquals(List.of(1, 3), IntStream.range(0, 4).filter(i -> PaintedPatches.touched(new Roi(1, 0, 1, 1), 2, 1,
			square).masked()[i]).boxed().toList());
	}

	@Test
	void withoutASelectionOnTheImageItSaysSo() {
		assertRefused(null, "hidden: painted needs a selection", "choose random or guided");
		assertRefused(new Roi(40, 0, 5, 5), "hidden: the selection lies outside", "40 x 25 px");
	}

	private static void assertRefused(final Roi roi, final String start, final String remedy) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> touched(roi));
		assertTrue(e.getMessage().startsWith(start) && e.getMessage().contains(remedy), e.getMessage());
	}

	private static List<Integer> touched(final Roi roi) {
		return touched(roi, GRID);
	}

	private static List<Integer> touched(final Roi roi, final PatchGrid grid) {
		final boolean[] touched = PaintedPatches.touched(roi, 40, 25, grid).masked();
		return IntStream.range(0, touched.length).filter(i -> touched[i]).boxed().toList();
	}
}
