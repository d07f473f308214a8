package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.files.SafetensorsFile;

/** {@code bicubic.safetensors} holds what PyTorch's interpolate computes in float64. */
class BicubicTest {

	private static final double TOLERANCE = 1e-6;

	@ParameterizedTest
	@CsvSource({ "grow, 14, 24", "shrink, 14, 9", "same_ratio, 7, 14", "one, 1, 3", "to_one, 5, 1" })
	void kernelsAreResizedAsByPyTorch(final String name, final int from, final int to) throws IOException {
		try (SafetensorsFile truth = reference()) {
			final float[] resized = new Bicubic(from, to).kernels(truth.floats(name + ".from"));
			assertClose(truth.floats(name + ".to"), resized);
		}
	}

	@Test
	void positionsAreResizedBehindTheClassToken() throws IOException {
		try (SafetensorsFile truth = reference()) {
			assertClose(truth.floats("table.to"), new Bicubic(7, 10).positions(truth.floats("table.from"), 6, 1));
		}
	}

	/** The weights of 0 and 1 are exact, so nothing changes; halfway they are -3/32, 19/32, 19/32, -3/32. */
	@Test
	void valuesOneCanCheckByHand() {
		final float[] plane = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
		assertArrayEquals(plane, new Bicubic(3, 3).kernels(plane));
		final float[] spike = new float[36];
		spike[2 * 6 + 2] = 32 * 32;
		final float[] half = new Bicubic(6, 3).kernels(spike);
		assertEquals(19 * 19, half[1 * 3 + 1], TOLERANCE);
		assertEquals(-3 * 19, half[1 * 3 + 0], TOLERANCE);
		assertEquals(-3 * -3, half[0], TOLERANCE);
		assertEquals(0, half[8], TOLERANCE);
	}

	private static void assertClose(final float[] expected, final float[] actual) {
		assertEquals(expected.length, actual.length);
		for (int i = 0; i < expected.length; i++)
			assertEquals(expected[i], actual[i], TOLERANCE * Math.max(1, Math.abs(expected[i])), "number " + i);
	}

	private static SafetensorsFile reference() throws IOException {
		try {
			return SafetensorsFile.open(Path.of(BicubicTest.class.getResource("/checkpoints/bicubic.safetensors").toURI()));
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
