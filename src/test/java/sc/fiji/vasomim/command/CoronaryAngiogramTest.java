package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;

class CoronaryAngiogramTest {

	@Test
	void itOpensTheFrameAndSaysWhoseItIs() {
		try (CommandBench bench = new CommandBench()) {
			final ImagePlus image = (ImagePlus) bench.succeed(CoronaryAngiogram.class).getOutput("angiogram");
			assertEquals("512 x 512 x 1, 8 bit", image.getWidth() + " x " + image.getHeight() + " x " + image.getStackSize() +
				", " + image.getBitDepth() + " bit");
			// PIL's decoder; JPEG decoders may differ by a grey value or two.
			assertEquals(129.863, image.getStatistics().mean, 0.05);
			assertTrue(image.getInfoProperty().contains("ARCADE"), image.getInfoProperty());
			assertTrue(image.getInfoProperty().contains("not for diagnosis"), image.getInfoProperty());
		}
	}
}
