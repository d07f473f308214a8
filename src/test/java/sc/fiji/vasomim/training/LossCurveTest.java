package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.Reference;

/** A hundred steps of the whole trainer against the losses of a Python training with the same inputs, in float64. */
class LossCurveTest {

	@TempDir
	Path folder;

	@Test
	void everyLossEqualsThoseOfPython() throws IOException {
		final double[] expected = expected();
		assertEquals(100, expected.length);
		assertTrue(expected[99] < 0.65 * expected[0], "the network learns");
		assertArrayEquals(expected, LossCurve.tiny(0.1, folder).train(), 1e-4);
	}

	@Test
	void aLearningRateThatIsOffByAHundredthIsSeen() throws IOException {
		final double[] expected = expected();
		final double[] actual = LossCurve.tiny(0.101, folder).train();
		double largest = 0;
		for (int i = 0; i < expected.length; i++)
			largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
		assertTrue(largest > 1e-4, "off by " + largest);
	}

	private static double[] expected() throws IOException {
		return Files.readAllLines(Reference.path("curve.txt")).stream().mapToDouble(Double::parseDouble).toArray();
	}
}
