package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.UNet;

class ClassBalanceTest {

	@TempDir
	Path folder;

	@BeforeEach
	void write() throws IOException {
		TinyAngiograms.write(folder, 2, 32);
	}

	/** 100 pixels in all: 100 / 64, 100 / 36 and 100 / 0. */
	@Test
	void weightsAreTheInverseOfTheFrequencyOrItsRoot() {
		final long[] pixels = { 64, 36, 0 };
		assertArrayEquals(new float[] { 1, 1, 1 }, ClassBalance.NONE.weights(pixels));
		assertArrayEquals(new float[] { 1.25f, 10 / 6f, 0 }, ClassBalance.ROOT.weights(pixels), 1e-6f);
		assertArrayEquals(new float[] { 1.5625f, 100 / 36f, 0 }, ClassBalance.INVERSE.weights(pixels), 1e-6f);
	}

	/** Images of 32 x 32 and 36 x 32 px with a line of 5 px each. */
	@Test
	void masksAreCounted() throws IOException {
		assertArrayEquals(new long[] { 32 * (27 + 31), 32 * 10 }, count(new UNet(List.of(4, 8), List.of("vessel"), 32)));
	}

	@Test
	void labelsThatTheNetworkDoesNotKnowAreNamed() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> count(new UNet(List.of(4, 8), List.of("a",
			"b"), 32)));
		assertEquals("data: 0.png has the label 255, but the network has 2 classes. Use a network with the data's " +
			"classes.", e.getMessage());
	}

	private long[] count(final SegmentationNetwork network) throws IOException {
		try (PixelCache data = TinyAngiograms.open(folder)) {
			return ClassPixels.count("data", data, network);
		}
	}
}
