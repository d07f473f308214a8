package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.vesselness.Fixture;

/** Commands on images with a selection. */
class SelectionTest {

	/** Reaches beyond the left border. */
	private static final Roi OVAL = new OvalRoi(-20, 60, 120, 130);

	private final CommandBench bench = new CommandBench();

	@AfterEach
	void close() {
		bench.close();
	}

	private static ImagePlus tree(final Roi roi) {
		final ImagePlus image = new ImagePlus("tree", TestImages.bytes(Fixture.read("inputs/tree_u8")));
		image.setRoi(roi);
		return image;
	}

	@Test
	void vesselnessIsThatOfTheImageInsideAndZeroOutside() {
		final ImageProcessor whole = filter(tree(null)), part = filter(tree(OVAL));
		int inside = 0;
		for (int y = 0; y < whole.getHeight(); y++)
			for (int x = 0; x < whole.getWidth(); x++) {
				final boolean selected = OVAL.containsPoint(x + 0.5, y + 0.5);
				if (selected) inside++;
				assertEquals(selected ? whole.getf(x, y) : 0, part.getf(x, y), 1e-3, "at " + x + ", " + y);
			}
		assertTrue(inside > 8000 && inside < 13000, inside + " px");
		assertEquals(List.of("tree: limited to the " + inside + " pixels of its selection"), bench.warnings());
	}

	@Test
	void aVolumeIsLimitedInEachSlice() {
		final ImagePlus image = TestImages.hyperstack();
		image.setRoi(10, 10, 20, 20);
		final ImagePlus output = (ImagePlus) bench.succeed(FrangiVesselFilter.class, "input", image, "volume", true, "sigmas",
			"1").getOutput("output");
		for (int i = 1; i <= 12; i++) {
			final ImageProcessor plane = output.getStack().getProcessor(i);
			assertEquals(0, plane.getf(9, 15));
			assertEquals(0, plane.getf(15, 30));
			plane.setRoi(10, 10, 20, 20);
			assertTrue(plane.getStats().max > 0, "plane " + i);
		}
	}

	/** 8 % of 2000 pixels, and none outside. */
	@Test
	void thePercentileIsThatOfTheSelection() {
		final ImagePlus image = tree(new Roi(60, 80, 40, 50));
		final ImageProcessor mask = extract(image, "keep", "all");
		assertEquals(160, mask.getHistogram()[255], 1);
		mask.setRoi(60, 80, 40, 50);
		assertEquals(160, mask.getStats().histogram[255], 1);
		assertEquals("tree: limited to the 2000 pixels of its selection", bench.warnings().get(0));
	}

	/** What is left is as published, to the pixel. */
	@Test
	void thePublishedMaskIsCutToTheSelection() {
		final Roi oval = new OvalRoi(50, 50, 120, 130);
		final ImageProcessor whole = extract(tree(null), "preset", "VasoMIM"), part = extract(tree(oval), "preset", "VasoMIM");
		assertTrue(part.getHistogram()[255] > 100 && part.getHistogram()[255] < whole.getHistogram()[255]);
		for (int y = 0; y < whole.getHeight(); y++)
			for (int x = 0; x < whole.getWidth(); x++)
				assertEquals(oval.containsPoint(x + 0.5, y + 0.5) ? whole.get(x, y) : 0, part.get(x, y));
	}

	@Test
	void linesAndPointsChangeNothingButAreNamed() {
		final ImageProcessor whole = filter(tree(null));
		for (final Roi roi : new Roi[] { new Line(3, 4, 90, 80), new PointRoi(7, 8) })
			TestImages.assertSamePixels(new ImagePlus("", whole), new ImagePlus("", filter(tree(roi))));
		assertEquals(List.of("tree: its selection is no area, but a straight line, and changes nothing",
			"tree: its selection is no area, but a point, and changes nothing"), bench.warnings());
	}

	@Test
	void aSelectionBesideTheImageIsRefused() {
		for (final Class<? extends VasoMIMCommand> command : List.of(FrangiVesselFilter.class, ExtractVascularAnatomy.class))
			CommandBench.assertRefused(bench.run(command, "input", tree(new Roi(-50, -50, 20, 20))), "input: the selection",
				"Select None");
	}

	private ImageProcessor filter(final ImagePlus image) {
		return ((ImagePlus) bench.succeed(FrangiVesselFilter.class, "input", image, "c", 15).getOutput("output"))
			.getProcessor();
	}

	private ImageProcessor extract(final ImagePlus image, final Object... settings) {
		final Object[] inputs = Arrays.copyOf(new Object[] { "input", image }, 2 + settings.length);
		System.arraycopy(settings, 0, inputs, 2, settings.length);
		return ((ImagePlus) bench.succeed(ExtractVascularAnatomy.class, inputs).getOutput("mask")).getProcessor();
	}
}
