package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.dataset.Augmentation.Plan;

class AugmentationTest {

	@Test
	void squareImagesAreTakenAsTheyWereDrawn() {
		final Plan plan = Augmentation.ANGIOGRAM.draw(new Random(1));
		assertArrayEquals(plan.affine(), plan.affine(512, 512), 1e-6f);
	}

	/** Without changes, a px of the output sees the image's px of the same place: nothing is stretched. */
	@ParameterizedTest
	@CsvSource({ "384, 512", "512, 384", "100, 300" })
	void shapesAreKept(final int height, final int width) {
		final float[] affine = Augmentation.NONE.draw(new Random(1)).affine(height, width);
		final int side = Math.max(height, width);
		for (final int px : new int[] { 0, 17, Math.min(height, width) - 1 }) {
			final double place = (px + 0.5) / side * 2 - 1;
			final double x = affine[0] * place + affine[1] * place + affine[2];
			final double y = affine[3] * place + affine[4] * place + affine[5];
			assertEquals(px + 0.5, (x + 1) / 2 * width, 1e-3);
			assertEquals(px + 0.5, (y + 1) / 2 * height, 1e-3);
		}
	}
}
