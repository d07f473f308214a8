package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.command.CommandModule;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.inference.HandMadeNetwork;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;

/**
 * With networks made by hand: what is darker than 1 standard deviation below the mean is vessel; or, of two classes,
 * "vein" is dark and "wire" bright.
 */
class SegmentVesselsTest {

	private static final int GREY = 130;

	@TempDir
	private static Path folder;

	private static CommandBench bench;

	private static File vessel;

	private static File classes;

	@BeforeAll
	static void open() throws IOException {
		bench = new CommandBench();
		vessel = write("vessel", HandMadeNetwork.of(List.of("vessel"), 64, new float[] { -20 }, new float[] { -20 }));
		classes = write("classes", HandMadeNetwork.of(List.of("vein", "wire"), 64, new float[] { 0, -1, 1 }, new float[] { 1,
			0, 0 }));
	}

	private static File write(final String name, final Weights weights) throws IOException {
		final Path file = folder.resolve(name + ".safetensors");
		try (weights) {
			ModelFile.write(file, weights, "by hand");
		}
		return file.toFile();
	}

	@AfterAll
	static void close() {
		bench.close();
	}

	/** 64 x 64: a dark bar of 4 rows from (10, 20) to (49, 23), a bright one from (10, 40) on, a dark dot at (60, 60). */
	private static ByteProcessor bars() {
		final ByteProcessor image = new ByteProcessor(64, 64);
		image.setValue(GREY);
		image.fill();
		fill(image, 10, 20, 40, 4, 0);
		fill(image, 10, 40, 40, 4, 255);
		fill(image, 60, 60, 1, 1, 0);
		return image;
	}

	private static void fill(final ByteProcessor image, final int x, final int y, final int width, final int height,
		final int value)
	{
		image.setRoi(x, y, width, height);
		image.setValue(value);
		image.fill();
		image.resetRoi();
	}

	private static byte[] expected(final boolean dot) {
		final ByteProcessor mask = new ByteProcessor(64, 64);
		fill(mask, 10, 20, 40, 4, 255);
		if (dot) mask.set(60, 60, 255);
		return (byte[]) mask.getPixels();
	}

	private static ImagePlus image() {
		final ImagePlus image = new ImagePlus("bars", bars());
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelHeight = 0.5;
		image.getCalibration().setUnit("mm");
		return image;
	}

	private static CommandModule run(final ImagePlus image, final Object... more) {
		final List<Object> inputs = new ArrayList<>(List.of("input", image, "scale", 1.0, "device", "cpu"));
		if (!List.of(more).contains("model")) inputs.addAll(List.of("model", vessel));
		if (!List.of(more).contains("leastsize")) inputs.addAll(List.of("leastsize", 0));
		inputs.addAll(List.of(more));
		return bench.run(SegmentVessels.class, inputs.toArray());
	}

	private static ImagePlus output(final CommandModule module, final String name) {
		assertFalse(module.isCanceled(), module.getCancelReason());
		return (ImagePlus) module.getOutput(name);
	}

	private static byte[] mask(final CommandModule module) {
		return (byte[]) output(module, "mask").getProcessor().getPixels();
	}

	private static List<VesselRow> rows(final CommandModule module) {
		return ((SegmentVessels.Result) CommandBench.result(module)).rows();
	}

	@Test
	void theMaskHoldsWhatIsDarkAndItsMeasuresAreInMillimetres() {
		final ImagePlus image = image();
		final CommandModule module = run(image);
		assertArrayEquals(expected(true), mask(module));
		assertEquals("vessels of bars", output(module, "mask").getTitle());
		assertEquals("0.5 x 0.5 x 1.0 mm", TestImages.space(output(module, "mask")));
		assertNull(output(module, "labels"));
		assertNull(output(module, "probability"));
		assertArrayEquals((byte[]) bars().getPixels(), (byte[]) image.getProcessor().getPixels());
		final VesselRow row = rows(module).get(0);
		assertEquals(List.of("bars", 1, 255, "vessel", "mm"), List.of(row.image(), row.frame(), row.label(), row.vessel(), row
			.unit()));
		assertEquals(161 * 0.25, row.area(), 1e-9);
		// The bar's centreline ends up to half its width before its ends; the dot has none. 4 rows are 2 mm, the dot 1.
		assertEquals(18.5, row.length(), 1);
		assertEquals(2, row.diameter(), 0.1);
	}

	@Test
	void specksGoAndTheThresholdCounts() {
		assertArrayEquals(expected(false), mask(run(image(), "leastsize", 2)));
		assertArrayEquals(expected(false), mask(bench.run(SegmentVessels.class, "input", image(), "scale", 1.0, "device", "cpu",
			"model", vessel)), "by default");
		assertArrayEquals(expected(true), mask(run(image(), "leastsize", 1)));
		for (final byte value : mask(run(image(), "threshold", 0.0)))
			assertEquals(-1, value);
		final CommandModule none = run(image(), "threshold", 1.0, "leastsize", 5000);
		for (final byte value : mask(none))
			assertEquals(0, value);
		assertEquals(List.of(new VesselRow("bars", 1, 255, "vessel", 0, 0, 0, "mm")), rows(none));
		assertTrue(bench.warnings().stream().anyMatch(said -> said.startsWith(
			"bars, plane 1: no vessel was found. A lower threshold")), bench.warnings().toString());
	}

	@Test
	void ofSeveralClassesThereAreLabelsWithNames() {
		final CommandModule module = run(image(), "model", classes, "withprobability", true);
		final ImagePlus labels = output(module, "labels");
		final ImageProcessor pixels = labels.getProcessor();
		assertEquals(List.of(1, 2, 0, 1), List.of(pixels.get(12, 22), pixels.get(12, 42), pixels.get(12, 30), pixels.get(60,
			60)));
		assertEquals("Label 1: vein\nLabel 2: wire\n", labels.getInfoProperty());
		assertNotEquals(pixels.getLut().getRGB(1), pixels.getLut().getRGB(2));
		assertEquals(0, pixels.getLut().getRGB(0) & 0xffffff);
		assertEquals("0.5 x 0.5 x 1.0 mm", TestImages.space(labels));
		final ByteProcessor either = new ByteProcessor(64, 64, expected(true));
		fill(either, 10, 40, 40, 4, 255);
		assertArrayEquals((byte[]) either.getPixels(), mask(module));
		final ImagePlus probability = output(module, "probability");
		assertArrayEquals(new int[] { 64, 64, 2, 1, 1 }, probability.getDimensions());
		assertEquals("wire", probability.getStack().getSliceLabel(2));
		assertTrue(probability.getStack().getProcessor(2).getf(12, 42) > 0.5 && probability.getStack().getProcessor(1).getf(12,
			42) < 0.5);
		assertEquals(List.of("vein", "wire"), rows(module).stream().map(VesselRow::vessel).toList());
		assertEquals(List.of(161 * 0.25, 160 * 0.25), rows(module).stream().map(VesselRow::area).toList());
		CommandBench.assertRefused(run(image(), "model", classes, "threshold", 0.7), "threshold: was set", "2 classes",
			"Leave it out");
	}

	@Test
	void aSelectedAreaLimitsTheResult() {
		final ImagePlus image = image();
		image.setRoi(new Roi(0, 0, 30, 64));
		final CommandModule module = run(image, "withprobability", true);
		final ByteProcessor left = new ByteProcessor(64, 64);
		fill(left, 10, 20, 20, 4, 255);
		assertArrayEquals((byte[]) left.getPixels(), mask(module));
		assertEquals(80 * 0.25, rows(module).get(0).area(), 1e-9);
		assertEquals(0, output(module, "probability").getProcessor().getf(40, 22));
		assertTrue(output(module, "probability").getProcessor().getf(20, 22) > 0.9);
	}

	/** Inverted, the dark bar is the bright one; a calibrated 16-bit or float image is scaled first. */
	@Test
	void brightVesselsAndOtherDepthsWork() {
		final ImagePlus inverted = image();
		inverted.getProcessor().invert();
		assertArrayEquals(expected(true), mask(run(inverted, "vessels", "bright")));
		final ImageProcessor deep = bars().convertToShortProcessor(false);
		deep.multiply(100);
		final ImageProcessor floats = bars().convertToFloatProcessor();
		floats.multiply(-0.01);
		assertArrayEquals(expected(true), mask(run(new ImagePlus("deep", deep))));
		assertArrayEquals(expected(true), mask(run(new ImagePlus("floats", floats), "vessels", "bright")));
		assertArrayEquals(expected(true), mask(run(new ImagePlus("rgb", bars().convertToColorProcessor()))));
	}

	@ParameterizedTest
	@CsvSource({ "none, 0", "overlay, 1" })
	void outlinesGoIntoTheOverlayBesideWhatIsThere(final String outlines, final int added) {
		final ImagePlus image = TestImages.tree();
		image.deleteRoi();
		final Roi before = image.getOverlay().get(0);
		assertFalse(run(image, "outlines", outlines).isCanceled());
		assertEquals(1 + added, image.getOverlay().size());
		assertEquals(before.getBounds(), image.getOverlay().get(0).getBounds());
	}

	@Test
	void anOutlineHoldsItsVesselAndKnowsItsFrameAndClass() {
		final ImageStack stack = new ImageStack();
		stack.addSlice(bars());
		stack.addSlice(bars());
		final ImagePlus image = new ImagePlus("run", stack);
		final CommandModule module = run(image, "model", classes, "outlines", "overlay");
		assertEquals(4, image.getOverlay().size());
		final Roi wire = image.getOverlay().get(3);
		assertEquals("wire", wire.getName());
		assertEquals(2, wire.getPosition());
		assertEquals(160, wire.getContainedPoints().length);
		assertEquals(new java.awt.Rectangle(10, 40, 40, 4), wire.getBounds());
		assertNotEquals(wire.getStrokeColor(), image.getOverlay().get(2).getStrokeColor());
		assertEquals(output(module, "labels").getProcessor().getLut().getRGB(2), wire.getStrokeColor().getRGB());
	}

	@Test
	void aStackOfSixtyFramesHasSixtyRowsAndStopsWhereItIsAsked() {
		final ImageStack stack = new ImageStack();
		for (int i = 0; i < 60; i++)
			stack.addSlice("frame " + i, bars());
		final ImagePlus image = new ImagePlus("run", stack);
		image.setDimensions(1, 1, 60);
		final CommandModule module = run(image);
		assertArrayEquals(new int[] { 64, 64, 1, 1, 60 }, output(module, "mask").getDimensions());
		assertArrayEquals(expected(true), (byte[]) output(module, "mask").getStack().getPixels(60));
		assertEquals("frame 59", output(module, "mask").getStack().getSliceLabel(60));
		assertEquals(60, rows(module).size());
		assertEquals(60, rows(module).get(59).frame());
		assertTrue(CommandBench.result(module).toString().startsWith("60 frames, vessels on "), CommandBench.result(module)
			.toString());
		try (CommandBench stopping = new CommandBench(3)) {
			final CommandModule stopped = stopping.run(SegmentVessels.class, "input", image, "model", vessel, "outlines",
				"overlay");
			CommandBench.assertRefused(stopped, "Stopped: after 3 of 60 planes");
			assertNull(stopped.getOutput("mask"));
			assertNull(image.getOverlay());
		}
	}

	@Test
	void withoutAModelTheBundledOneIsTaken() {
		final CommandModule module = bench.run(SegmentVessels.class, "input", image(), "model", new File(""));
		assertFalse(module.isCanceled(), module.getCancelReason());
	}

	@Test
	void aFoldersFilesAreWrittenWithOneTable() throws IOException {
		final Path images = folder.resolve("images");
		ImageFile.writePng(images.resolve("a.png"), bars());
		ImageFile.writePng(images.resolve("more/b, 2.png"), bars());
		final Path output = folder.resolve("output");
		final Map<String, Object> inputs = Map.of("input", images.toFile(), "output", output.toFile(), "model", classes,
			"scale", 1.0, "device", "cpu", "withprobability", true, "leastsize", 0);
		assertEquals(2, ((FolderRun.Result) CommandBench.result(bench.run(SegmentVesselsFolder.class, inputs))).done());
		final ImagePlus labels = ImageFile.read(output.resolve("a-labels.png"));
		assertEquals(List.of(1, 2, 0), List.of(labels.getProcessor().get(12, 22), labels.getProcessor().get(12, 42), labels
			.getProcessor().get(12, 30)));
		final ImagePlus mask = ImageFile.read(output.resolve("more/b, 2.png"));
		assertArrayEquals(mask(run(new ImagePlus("", bars()), "model", classes)), (byte[]) mask.getProcessor().getPixels());
		assertEquals(2, ImageFile.read(output.resolve("a-probability.tif")).getStackSize());
		final List<String> table = Files.readAllLines(output.resolve("vessels.csv"));
		assertEquals("image,frame,label,vessel,area,length,diameter,unit", table.get(0));
		assertEquals(5, table.size());
		assertTrue(table.get(1).startsWith("a.png,1,1,vein,161.0,"), table.get(1));
		assertTrue(table.get(4).startsWith("\"more/b, 2.png\",1,2,wire,160.0,") && table.get(4).endsWith(",px"), table.get(4));

		Files.delete(output.resolve("vessels.csv"));
		assertEquals(2, ((FolderRun.Result) CommandBench.result(bench.run(SegmentVesselsFolder.class, inputs))).skipped());
		assertEquals(table, Files.readAllLines(output.resolve("vessels.csv")));
	}
}
