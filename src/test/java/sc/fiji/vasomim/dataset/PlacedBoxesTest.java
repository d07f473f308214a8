package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.vasomim.dataset.ScaleJitter.Plan;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.TrueBox;

class PlacedBoxesTest {

	private static final Box BOX = new Box(2, 1, 3, 4);

	/** 10 x 8 px at double size, the first 4 columns cut away: 2 x 2 - 4 = 0, (2 + 3) x 2 - 4 = 6; 1 x 2, (1 + 4) x 2. */
	@Test
	void crowdsAndIgnoredBoxesAreApartAndWhatIsCutAwayIsGone() {
		final BoxedImage image = new BoxedImage("a", new byte[80], 10, 8, List.of(new TrueBox(BOX, 1, true, false),
			new TrueBox(new Box(0, 0, 1, 1), 1), new TrueBox(BOX, 3), new TrueBox(new Box(2, 1, 3, 5), 1, false, true),
			new TrueBox(new Box(0, 0, 1, 1), 1, false, true)));
		final PlacedBoxes placed = PlacedBoxes.of(image, new Plan(16, 20, 0, 4, false, 16));
		assertArrayEquals(new float[] { 0, 2, 6, 10 }, placed.corners());
		assertArrayEquals(new long[] { 2 }, placed.classes());
		assertArrayEquals(new float[] { 0, 2, 6, 10, 0, 2, 6, 12 }, placed.ignored());
	}

	/** Float32 has steps of 6e-5 px at 1000 px: between its sides of 2e-5 px there is nothing that could be learnt. */
	@Test
	void aBoxWithoutExtentInFloat32IsGone() {
		final BoxedImage image = new BoxedImage("a", new byte[1000], 1000, 1, List.of(new TrueBox(new Box(900, 0, 2e-5, 1), 1)));
		assertEquals(0, PlacedBoxes.of(image, new Plan(1, 1000, 0, 0, false, 1024)).count());
	}
}
