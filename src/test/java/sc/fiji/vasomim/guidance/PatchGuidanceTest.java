package sc.fiji.vasomim.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.inference.PatchGrid;

/** A map of 2 x 2 px, each a patch. */
class PatchGuidanceTest {

	private static PatchGuidance guide(final float... map) {
		return new PatchGuidance(new VesselMaps(ArrayImgs.unsignedBytes(2, 2), ArrayImgs.unsignedBytes(new byte[] { 0, -1, 0,
			-1 }, 2, 2), null), ArrayImgs.floats(map, 2, 2), new PatchGrid(2, 2, 1), new float[] { 0.1f, 0.2f, 0.3f, 0.4f });
	}

	/** Over an image of 6 x 4 px in patches of 4 px, the first column of the map covers 3 px. */
	@Test
	void onAnotherGridAPatchsShareIsTheMapsOverItsPixels() {
		final PatchGrid image = new PatchGrid(6, 4, 4);
		// Left patch: two rows of three 0.5 and one 1, two rows of three 0 and one 0.25; right: 2 x 2 of 1, 2 x 2 of 0.25.
		assertArrayEquals(new float[] { 5.5f / 10.5f, 5 / 10.5f }, guide(0.5f, 1, 0, 0.25f).distribution(image), 1e-6f);
		assertArrayEquals(new float[2], guide(0, 0, 0, 0).distribution(image));
	}

	@Test
	void onItsOwnGridTheDistributionIsThatOfTheScript() {
		final PatchGuidance guide = guide(0.5f, 1, 0, 0.25f);
		assertSame(guide.distribution(), guide.distribution(new PatchGrid(2, 2, 1)));
	}

	@Test
	void vesselIsWhereTheMaskHasAPixel() {
		assertArrayEquals(new boolean[] { false, true, false, true }, guide(0, 0, 0, 0).vessel());
		assertEquals(0.5, guide(0, 0, 0, 0).vesselShare());
		assertArrayEquals(new double[] { 0.5, 1, 0, 0.25 }, guide(0.5f, 1, 0, 0.25f).mapSums());
	}
}
