package sc.fiji.vasomim.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

class RealSampleTest {

	@Test
	void eachOfTheEightHasFrameAndMask() throws IOException {
		assertEquals(8, RealSample.all().stream().map(RealSample::name).collect(Collectors.toSet()).size());
		for (final RealSample sample : RealSample.all()) {
			final BufferedImage frame = read(sample.openImage());
			final BufferedImage mask = read(sample.openMask());
			int vessel = 0;
			int beside = 0;
			double contrast = 0;
			for (int y = 0; y < 512; y++)
				for (int x = 16; x < 496; x++) {
					final int value = mask.getRaster().getSample(x, y, 0);
					assertTrue(value == 0 || value == 255);
					if (value == 0) continue;
					vessel++;
					// Arteries are dark: a vessel pixel against tissue 16 px to its left.
					final int left = x - 16;
					if (mask.getRaster().getSample(left, y, 0) != 0) continue;
					contrast += frame.getRaster().getSample(left, y, 0) - frame.getRaster().getSample(x, y, 0);
					beside++;
				}
			assertTrue(vessel > 0.02 * 512 * 512 && vessel < 0.1 * 512 * 512, sample + ": " + vessel);
			assertTrue(contrast / beside > 8, sample + ": mask and frame agree, contrast " + contrast / beside);
		}
	}

	@Test
	void fourShowEachArtery() {
		assertEquals(4, RealSample.all().stream().filter(s -> s.coronary() == Coronary.LEFT).count());
		assertEquals(4, RealSample.all().stream().filter(s -> s.coronary() == Coronary.RIGHT).count());
	}

	@Test
	void anUnknownNameIsNotFound() {
		final RealSample unknown = new RealSample("val-999", Coronary.LEFT);
		assertTrue(assertThrows(FileNotFoundException.class, unknown::openImage).getMessage().contains("val-999.jpg"));
	}

	private static BufferedImage read(final InputStream stream) throws IOException {
		try (stream) {
			final BufferedImage image = ImageIO.read(stream);
			assertEquals(512, image.getWidth());
			assertEquals(512, image.getHeight());
			assertEquals(1, image.getRaster().getNumBands());
			return image;
		}
	}
}
