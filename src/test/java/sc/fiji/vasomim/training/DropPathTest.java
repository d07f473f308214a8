package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.Devices;

class DropPathTest {

	private final NDManager manager = Devices.newManager(Device.cpu());

	@AfterEach
	void close() {
		manager.close();
	}

	/** Rate 0.4 over three blocks: 0, 0.2, 0.4. 4000 draws have a standard error below 0.008. */
	@Test
	void theChanceRisesLinearlyAndTheMeanIsOne() {
		final int[] images = IntStream.range(0, 4000).toArray();
		final NDArray factors = DropPath.draw(manager, 5, 1, images, 3, 0.4);
		assertEquals(new Shape(3, 2, 4000), factors.getShape());
		for (int block = 0; block < 3; block++)
			for (int branch = 0; branch < 2; branch++) {
				final float[] drawn = factors.get(block + ", " + branch + ", :").toFloatArray();
				final double drop = 0.2 * block;
				int dropped = 0;
				for (final float factor : drawn)
					if (factor == 0) dropped++;
					else assertEquals(1 / (1 - drop), factor, 1e-6);
				assertEquals(drop, dropped / 4000.0, 0.03);
				assertTrue(block > 0 || dropped == 0);
			}
	}

	@Test
	void theBranchesAreDrawnApart() {
		final NDArray factors = DropPath.draw(manager, 5, 1, IntStream.range(0, 100).toArray(), 2, 0.5);
		assertTrue(factors.get("1, 0, :").neq(factors.get("1, 1, :")).any().getBoolean());
	}

	@Test
	void anImagesDrawsDoNotDependOnItsBatch() {
		final NDArray together = DropPath.draw(manager, 5, 1, new int[] { 3, 8, 2 }, 4, 0.5);
		for (int i = 0; i < 3; i++)
			assertArrayEquals(together.get(":, :, " + i).toFloatArray(), DropPath.draw(manager, 5, 1, new int[] { new int[] { 3,
				8, 2 }[i] }, 4, 0.5).toFloatArray());
	}

	@Test
	void epochsAndSeedsDiffer() {
		final int[] images = IntStream.range(0, 20).toArray();
		final NDArray first = DropPath.draw(manager, 5, 1, images, 4, 0.5);
		assertTrue(first.neq(DropPath.draw(manager, 5, 2, images, 4, 0.5)).any().getBoolean());
		assertTrue(first.neq(DropPath.draw(manager, 6, 1, images, 4, 0.5)).any().getBoolean());
	}
}
