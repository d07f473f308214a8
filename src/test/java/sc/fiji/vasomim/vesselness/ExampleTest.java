package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.PackageExample;

/** Runs the lines that the package's documentation shows. */
class ExampleTest {

	@Test
	void theExampleIsRunHere() throws IOException {
		PackageExample.assertRunBy(ExampleTest.class);
	}

	/** On a dark bar along y, 5 px wide, in the middle. */
	@Test
	void itFindsABar() {
		final Img<FloatType> image = ArrayImgs.floats(61, 61);
		for (int y = 0; y < 61; y++)
			for (int x = 0; x < 61; x++)
				image.getAt(x, y).set(Math.abs(x - 30) <= 2 ? 50 : 200);

		Img<FloatType> response = ArrayImgs.floats(image.dimensionsAsLongArray());
		Img<FloatType> scale = ArrayImgs.floats(image.dimensionsAsLongArray());
		Img<FloatType> direction = ArrayImgs.floats(image.dimensionsAsLongArray());
		VesselnessSettings settings = VesselnessSettings.DEFAULT.withPolarity(Polarity.AUTO)
			.withSigmas(VesselnessSettings.logarithmicSigmas(1, 4, 5));
		try (TaskExecutor threads = TaskExecutors.fixedThreadPool(2)) {
			VesselnessOutput output = new VesselnessOutput(response, scale, direction);
			Vesselness.compute(image, new double[] { 1, 1 }, output, settings, threads);
		}

		assertTrue(response.getAt(30, 30).get() > 0.8);
		assertEquals(0, response.getAt(5, 30).get(), 1e-3);
		// exp(-h^2 / 2 s^2) / s is largest at sigma h, half the bar's width; of 1, 1.4, 2, 2.8 and 4 the best is 2.8.
		assertEquals(2 * Math.sqrt(2), scale.getAt(30, 30).get(), 1e-5);
		assertEquals(Math.PI / 2, direction.getAt(30, 30).get(), 1e-6);
	}
}
