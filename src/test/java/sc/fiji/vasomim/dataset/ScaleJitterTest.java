package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import sc.fiji.vasomim.dataset.ScaleJitter.Plan;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

class ScaleJitterTest {

	private static CounterRandom random(final int index) {
		return new CounterRandom(3, Purpose.AUGMENTATION, 0, index);
	}

	@Test
	void withoutJitterTheLongerSideFillsTheSquare() {
		assertEquals(new Plan(48, 64, 0, 0, false, 64), ScaleJitter.NONE.draw(random(0), 300, 400, 64));
		assertEquals(new Plan(64, 21, 0, 0, false, 64), ScaleJitter.NONE.draw(random(0), 300, 100, 64));
	}

	/** By hand: 400 x 300 px to 80 x 60 px, a fifth; the cut begins in column 10. */
	@Test
	void boxesGoWithTheirImage() {
		final Box box = new Box(100, 50, 40, 30);
		assertEquals(Optional.of(new Box(10, 10, 8, 6)), new Plan(60, 80, 0, 10, false, 64).place(box, 300, 400));
		// Mirrored, it begins at 400 - 140 = 260 px.
		assertEquals(Optional.of(new Box(42, 10, 8, 6)), new Plan(60, 80, 0, 10, true, 64).place(box, 300, 400));
		assertEquals(Optional.of(new Box(0, 10, 3, 6)), new Plan(60, 80, 0, 25, false, 64).place(box, 300, 400), "cut");
		assertEquals(Optional.empty(), new Plan(60, 80, 0, 28, false, 64).place(box, 300, 400), "cut away");
	}

	@Test
	void drawsSpanTheRangeAndCutsStayInside() {
		final ScaleJitter jitter = new ScaleJitter(0.5, 2, true);
		int flips = 0, widest = 0, narrowest = 1000;
		for (int i = 0; i < 2000; i++) {
			final Plan plan = jitter.draw(random(i), 300, 400, 64);
			if (plan.flip()) flips++;
			widest = Math.max(widest, plan.width());
			narrowest = Math.min(narrowest, plan.width());
			assertEquals(plan.width() * 3 / 4.0, plan.height(), 1);
			assertTrue(plan.left() >= 0 && plan.left() <= Math.max(0, plan.width() - 64));
			assertTrue(plan.top() >= 0 && plan.top() <= Math.max(0, plan.height() - 64));
		}
		assertTrue(flips > 900 && flips < 1100, "5 standard deviations are 112, but there are " + flips);
		assertEquals(128, widest);
		assertEquals(32, narrowest);
	}

	@Test
	void impossibleFactorsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> new ScaleJitter(0, 1, true));
		assertThrows(IllegalArgumentException.class, () -> new ScaleJitter(2, 1, true));
	}
}
