package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sc.fiji.vasomim.ChiSquared;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

class CropPlanTest {

	private static final int DRAWS = 20_000;

	private static CropPlan draw(final int index, final int height, final int width, final double minScale) {
		return CropPlan.draw(new CounterRandom(1, Purpose.CROP, 0, index), height, width, minScale);
	}

	@Test
	void cropsLieInsideAndKeepAreaAndAspect() {
		for (int i = 0; i < DRAWS; i++) {
			final CropPlan crop = draw(i, 600, 500, 0.2);
			assertTrue(crop.top() >= 0 && crop.left() >= 0 && crop.top() + crop.height() <= 600 && crop.left() + crop
				.width() <= 500, crop.toString());
			final double area = crop.height() * crop.width() / (600.0 * 500);
			assertTrue(area > 0.199 && area <= 1, crop.toString());
			final double aspect = crop.width() / (double) crop.height();
			assertTrue(aspect > 0.745 && aspect < 1.342, crop.toString());
		}
	}

	/** Of crops too small to be misfits, area and logarithm of the aspect are uniform; each second one flips. */
	@Test
	void drawsFollowTheirDistributions() {
		final long[] areas = new long[10];
		final long[] aspects = new long[10];
		final long[] tops = new long[10];
		final long[] flips = new long[2];
		for (int i = 0; i < DRAWS; i++) {
			final CropPlan crop = CropPlan.draw(new CounterRandom(2, Purpose.CROP, 0, i), 60_000, 60_000, 0.2);
			final double area = (double) crop.height() * crop.width() / 3.6e9;
			if (area < 0.7) areas[(int) ((area - 0.2) / 0.05)]++;
			final double aspect = Math.log(crop.width() / (double) crop.height()) / Math.log(4.0 / 3);
			if (area < 0.7) aspects[(int) Math.min(9, Math.max(0, (aspect + 1) * 5))]++;
			if (crop.height() < 60_000) tops[(int) (10 * crop.top() / (60_001.0 - crop.height()))]++;
			flips[crop.flip() ? 1 : 0]++;
		}
		assertTrue(ChiSquared.isUniform(areas));
		assertTrue(ChiSquared.isUniform(aspects));
		assertTrue(ChiSquared.isUniform(tops));
		assertTrue(ChiSquared.isUniform(flips));
	}

	/** No crop of at least 99.9 % of the area fits both sides within the aspect: the middle, 4:3 or 3:4. */
	@Test
	void misfitsBecomeTheCentralCrop() {
		final CropPlan wide = draw(0, 30, 100, 0.999);
		assertEquals(new CropPlan(0, 30, 30, 40, wide.flip()), wide);
		final CropPlan tall = draw(0, 100, 30, 0.999);
		assertEquals(new CropPlan(30, 0, 40, 30, tall.flip()), tall);
	}

	@Test
	void oneSampleHasOneCrop() {
		assertEquals(draw(5, 64, 64, 0.2), draw(5, 64, 64, 0.2));
		assertEquals(new CropPlan(0, 0, 7, 9, false), CropPlan.whole(7, 9));
	}
}
