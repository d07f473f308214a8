package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.scijava.command.CommandModule;

import ij.ImagePlus;

import sc.fiji.vasomim.vesselness.Fixture;

/** Every command on an open image, with images that are none, unusual or unusable. */
class BadImageTest {

	@TempDir
	private static Path folder;

	private static SoundInputs sound;

	private static CommandBench bench;

	@BeforeAll
	static void open() {
		sound = new SoundInputs(folder);
		bench = new CommandBench();
	}

	@AfterAll
	static void close() {
		bench.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { FrangiVesselFilter.class, ExtractVascularAnatomy.class, PreviewCoGuidanceMask.class,
		ReconstructMaskedAngiogram.class, SegmentVessels.class, QuantifyStenosis.class, DetectStenosis.class })
	void withoutAnImageItSaysSo(final Class<? extends VasoMIMCommand> command) {
		// Headless, Fiji passes an empty image where none is open; SciJava itself refuses null.
		CommandBench.assertRefused(run(command, new ImagePlus()), "input: an image is needed", "Open an angiogram");
		CommandBench.assertRefused(run(command, null), "'input' is required");
	}

	@ParameterizedTest
	@ValueSource(classes = { FrangiVesselFilter.class, ExtractVascularAnatomy.class, PreviewCoGuidanceMask.class,
		ReconstructMaskedAngiogram.class, SegmentVessels.class })
	void aPixelThatIsNoNumberIsNamed(final Class<? extends VasoMIMCommand> command) {
		final ImagePlus image = TestImages.notANumber();
		final CommandModule module = run(command, image);
		CommandBench.assertRefused(module, "input: pixel (3, 4) of plane 2 is NaN", "Remove NaNs");
		module.getOutputs().values().forEach(output -> assertNull(output));
		image.getStack().getProcessor(2).setf(3, 4, Float.NEGATIVE_INFINITY);
		CommandBench.assertRefused(run(command, image), "input: pixel (3, 4) of plane 2 is -Infinity");
		image.getStack().getProcessor(2).setf(3, 4, 7);
		assertEquals(2, output(command, image).getStackSize());
	}

	@ParameterizedTest
	@ValueSource(classes = { FrangiVesselFilter.class, ExtractVascularAnatomy.class, PreviewCoGuidanceMask.class,
		ReconstructMaskedAngiogram.class, SegmentVessels.class })
	void coloursCountAsTheGreyOfPillow(final Class<? extends VasoMIMCommand> command) {
		TestImages.assertSamePixels(output(command, TestImages.coloursAsGrey()), output(command, TestImages.colours()));
	}

	@ParameterizedTest
	@ValueSource(classes = { FrangiVesselFilter.class, ExtractVascularAnatomy.class, PreviewCoGuidanceMask.class,
		ReconstructMaskedAngiogram.class, SegmentVessels.class })
	void sixteenBitsAndFloatsWork(final Class<? extends VasoMIMCommand> command) {
		final ImagePlus deep = new ImagePlus("deep", TestImages.shorts(Fixture.read("inputs/tree_u16")));
		final ImagePlus floats = new ImagePlus("floats", deep.getProcessor().convertToFloatProcessor());
		TestImages.assertSamePixels(output(command, deep), output(command, floats));
		assertEquals(16, deep.getBitDepth());
	}

	/** An image of a pixel or a few works; those commands that know what angiograms look like have a word about it. */
	@ParameterizedTest
	@ValueSource(classes = { FrangiVesselFilter.class, ExtractVascularAnatomy.class, PreviewCoGuidanceMask.class,
		ReconstructMaskedAngiogram.class, SegmentVessels.class })
	void tinyImagesWork(final Class<? extends VasoMIMCommand> command) {
		for (final int side : new int[] { 5, 1 }) {
			final int before = bench.warnings().size();
			final CommandModule module = bench.run(command, sound.of(command, "input", TestImages.square(side),
				command == ReconstructMaskedAngiogram.class ? new Object[] { "resolution", "network" } : new Object[0]));
			assertFalse(module.isCanceled(), module.getCancelReason());
			final ImagePlus output = first(module);
			if (command == FrangiVesselFilter.class || command == ExtractVascularAnatomy.class ||
				command == SegmentVessels.class) assertEquals(side, output
				.getWidth());
			if (command == FrangiVesselFilter.class) continue;
			final String warning = "The image is " + side + " x " + side + " pixels: too small for an angiogram.";
			assertTrue(bench.warnings().subList(before, bench.warnings().size()).contains(warning), bench.warnings()
				.toString());
		}
	}

	private static CommandModule run(final Class<? extends VasoMIMCommand> command, final ImagePlus image) {
		return bench.run(command, sound.of(command, "input", image));
	}

	private static ImagePlus output(final Class<? extends VasoMIMCommand> command, final ImagePlus image) {
		final CommandModule module = run(command, image);
		assertFalse(module.isCanceled(), module.getCancelReason());
		return first(module);
	}

	/** What was not asked for is null. */
	private static ImagePlus first(final CommandModule module) {
		return (ImagePlus) module.getOutputs().values().stream().filter(Objects::nonNull).findFirst().orElseThrow();
	}
}
