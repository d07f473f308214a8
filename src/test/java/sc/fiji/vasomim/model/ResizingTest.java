package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.files.SafetensorsFile;

/** {@code resizing.safetensors} holds what PyTorch's interpolate computes in float64. */
class ResizingTest {

	private static final float TOLERANCE = 1e-6f;

	private static float[] reference(final String name) throws IOException {
		try (SafetensorsFile truth = SafetensorsFile.open(Reference.path("resizing.safetensors"))) {
			return truth.floats(name);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16 })
	void kernelsEqualPyTorchs(final int to) throws IOException {
		assertArrayEquals(reference("kernel" + to), Resizing.kernels(reference("kernel"), 14, to), 4 * TOLERANCE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 6 })
	void positionsEqualPyTorchs(final int grid) throws IOException {
		final float[] table = reference("table");
		final float[] expected = reference("table" + grid);
		assertArrayEquals(expected, Resizing.positions(table, 8, grid), 4 * TOLERANCE);
		assertArrayEquals(withoutToken(expected), Resizing.positions(withoutToken(table), 8, grid), 4 * TOLERANCE);
	}

	private static float[] withoutToken(final float[] table) {
		return Arrays.copyOfRange(table, 8, table.length);
	}

	@Test
	void theSameSizeChangesNothing() throws IOException {
		final float[] table = reference("table");
		assertArrayEquals(table, Resizing.positions(table, 8, 4));
	}

	/** Halfway between samples Keys' weights with a = -0.75 are -3/32, 19/32, 19/32, -3/32. */
	@Test
	void halvingOneCanCheckByHand() {
		final float[] spike = new float[3 * 36];
		spike[36 + 2 * 6 + 2] = 32 * 32;
		final float[] expected = new float[3 * 9];
		System.arraycopy(new float[] { 9, -57, 0, -57, 361, 0, 0, 0, 0 }, 0, expected, 9, 9);
		assertArrayEquals(expected, Resizing.kernels(spike, 6, 3), 1e-4f);
	}
}
