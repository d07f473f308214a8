package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.scijava.command.CommandModule;
import org.scijava.module.Module;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.measure.ResultsTable;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.Coronary;
import sc.fiji.vasomim.sample.Segment;
import sc.fiji.vasomim.sample.Stenosis;
import sc.fiji.vasomim.sample.SyntheticAngiogram;

/** Both commands on a drawn angiogram with a stenosis of 60 %. */
class QuantifyStenosisTest {

	private static final SyntheticAngiogram DRAWN = SyntheticAngiogram.generate(new AngiogramSettings(512, 512, 16,
		Coronary.ANY, 1, 5000, 0.7, 60));

	private static final Stenosis TRUTH = DRAWN.stenoses().get(0);

	/** Two places of the narrowed vessel. */
	private static final String LINE = line();

	@TempDir
	private Path folder;

	private String mask;

	private final CommandBench bench = new CommandBench();

	@BeforeEach
	void write() throws IOException {
		mask = folder.resolve("mask.png").toString();
		ImageFile.writePng(Path.of(mask), Frames.toProcessor(DRAWN.mask()));
	}

	@AfterEach
	void close() {
		bench.close();
	}

	private static String line() {
		final List<Segment.Point> line = DRAWN.segments().get(TRUTH.segment() - 1).centreline();
		int narrowest = 0;
		for (int i = 0; i < line.size(); i++)
			if (line.get(i).x() == TRUTH.x() && line.get(i).y() == TRUTH.y()) narrowest = i;
		final int half = (int) (TRUTH.length() / 2 + 3 * TRUTH.referenceRadius());
		final Segment.Point a = line.get(narrowest - half), b = line.get(narrowest + half);
		return a.x() + "," + a.y() + "," + b.x() + "," + b.y();
	}

	private static ImagePlus image() {
		return Frames.toImage("angiogram", DRAWN.image());
	}

	private QuantifyStenosis.Result quantify(final ImagePlus image, final Object... more) {
		return (QuantifyStenosis.Result) CommandBench.result(run(image, more));
	}

	private CommandModule run(final ImagePlus image, final Object... more) {
		final Map<String, Object> inputs = inputs(image, more);
		final CommandModule module = bench.run(QuantifyStenosis.class, inputs);
		assertEquals(false, module.isCanceled(), module.getCancelReason());
		return module;
	}

	private Map<String, Object> inputs(final ImagePlus image, final Object... more) {
		final Map<String, Object> inputs = new HashMap<>(Map.of("input", image, "mask", mask));
		for (int i = 0; i < more.length; i += 2)
			inputs.put((String) more[i], more[i + 1]);
		return inputs;
	}

	private static void assertTruth(final StenosisRow row, final double pixel) {
		assertEquals(60, row.percent(), 6);
		assertEquals(2 * TRUTH.referenceRadius() * pixel, row.reference(), 0.5 * pixel);
		assertEquals(2 * TRUTH.minimumRadius() * pixel, row.mld(), 0.5 * pixel);
		assertEquals(0, Math.hypot(row.x() - TRUTH.x(), row.y() - TRUTH.y()), 4);
		// A raised cosine of 60 % is below 90 % over 0.73 of its length.
		assertEquals(0.73 * TRUTH.length() * pixel, row.length(), 0.25 * TRUTH.length() * pixel);
	}

	@Test
	void twoPlacesPickAVessel() {
		final ImagePlus image = image();
		image.setOverlay(new Overlay(new OvalRoi(1, 2, 3, 4)));
		final CommandModule module = run(image, "line", LINE);
		final QuantifyStenosis.Result result = (QuantifyStenosis.Result) CommandBench.result(module);
		assertEquals(List.of(1, 1), List.of(result.rows().size(), result.vessels()));
		assertTruth(result.rows().get(0), 1);
		assertEquals("px", result.unit());
		// Its own 0.7, the detector's 0.6, a pixel's area and interpolation.
		assertEquals(1.03, result.blur(), 0.1);
		assertEquals(24, ((ImagePlus) module.getOutput("plot")).getBitDepth());
		final List<String> names = Arrays.stream(image.getOverlay().toArray()).map(Roi::getName).toList();
		assertEquals(1 + 3 + 3, names.size());
		assertTrue(names.containsAll(List.of("stenosis vessel 1", "stenosis vessel 1 left", "stenosis vessel 1 right",
			"stenosis lesion 1 left", "stenosis lesion 1 right")), names.toString());
		run(image, "line", LINE);
		assertEquals(names, Arrays.stream(image.getOverlay().toArray()).map(Roi::getName).toList());
	}

	@Test
	void whatAUserNamedAStenosisStays() {
		final ImagePlus image = image();
		final Roi theirs = new OvalRoi(1, 2, 3, 4);
		theirs.setName("stenosis RCA");
		image.setOverlay(new Overlay(theirs));
		run(image, "line", LINE);
		run(image, "line", LINE);
		assertEquals(1, Arrays.stream(image.getOverlay().toArray()).filter(roi -> "stenosis RCA".equals(roi.getName()))
			.count());
		assertEquals(1 + 3 + 3, image.getOverlay().size());
	}

	@Test
	void aLineSelectionPicksTheSameVessel() {
		final double[] ends = Arrays.stream(LINE.split(",")).mapToDouble(Double::parseDouble).toArray();
		final ImagePlus straight = image();
		straight.setRoi(new Line(ends[0], ends[1], ends[2], ends[3]));
		final ImagePlus segmented = image();
		segmented.setRoi(new PolygonRoi(new float[] { (float) ends[0], (float) TRUTH.x(), (float) ends[2] }, new float[] {
			(float) ends[1], (float) TRUTH.y(), (float) ends[3] }, Roi.POLYLINE));
		assertTruth(quantify(straight).rows().get(0), 1);
		assertTruth(quantify(segmented).rows().get(0), 1);
	}

	@Test
	void calibratedImagesAreMeasuredInMillimetres() {
		final ImagePlus image = image();
		image.getCalibration().setUnit("cm");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.03;
		final QuantifyStenosis.Result result = quantify(image, "line", LINE);
		assertEquals("mm", result.unit());
		assertTruth(result.rows().get(0), 0.3);
		assertTruth(quantify(image, "line", LINE, "unit", "px").rows().get(0), 1);
	}

	/** ImageJ fills columns that a row has not with 0. */
	@Test
	void rowsInPixelsAndInMillimetresShareATable() {
		final ResultsTable table = new ResultsTable();
		for (final String unit : List.of("px", "mm"))
			StenosisRow.table(List.of(new StenosisRow("angiogram", 1, 1, 1, 10, 20, 2, 4, 50, 8, 90, unit, ""))).addTo(table);
		assertEquals(List.of("image", "frame", "vessel", "lesion", "x (px)", "y (px)", "MLD", "reference diameter",
			"diameter stenosis (%)", "lesion length", "vessel length", "unit", "note"), List.of(table.getHeadings()));
		for (int row = 0; row < 2; row++)
			assertEquals(List.of(2.0, 4.0, 8.0, 90.0), List.of(table.getValue("MLD", row), table.getValue("reference diameter",
				row), table.getValue("lesion length", row), table.getValue("vessel length", row)));
		assertEquals(List.of("px", "mm"), List.of(table.getStringValue("unit", 0), table.getStringValue("unit", 1)));
	}

	/** Two DICOM windows that cut off a part of the values each, and none. */
	@Test
	void theDisplayWindowChangesNoGrade() {
		final List<List<StenosisRow>> rows = new ArrayList<>();
		for (final String window : new String[] { "", "0028,1050  Window Center: 2400\n0028,1051  Window Width: 900\n",
			"0028,1050  Window Center: 1800\n0028,1051  Window Width: 300\n" })
		{
			final ImagePlus image = new ImagePlus("angiogram", image().getProcessor().convertToShort(false));
			image.getProcessor().multiply(10);
			image.getProcessor().add(1000);
			image.setProperty("Info", window);
			rows.add(quantify(image, "line", LINE).rows());
		}
		assertTruth(rows.get(0).get(0), 1);
		assertEquals(rows.get(0), rows.get(1));
		assertEquals(rows.get(0), rows.get(2));
	}

	/** Of the lesion and less than half of 1.5 diameters before it. */
	@Test
	void aReferenceOfOneSideIsNoted() {
		final String[] ends = LINE.split(",");
		final List<Segment.Point> vessel = DRAWN.segments().get(TRUTH.segment() - 1).centreline();
		final Segment.Point start = vessel.stream().filter(p -> Math.hypot(p.x() - TRUTH.x(), p.y() - TRUTH.y()) < TRUTH
			.length() / 4).findFirst().orElseThrow();
		final QuantifyStenosis.Result result = quantify(image(), "line", start.x() + "," + start.y() + "," + ends[2] + "," +
			ends[3]);
		assertEquals("healthy on one side alone", result.rows().get(0).note());
		assertTrue(bench.warnings().contains("angiogram, plane 1, lesion 1: healthy on one side alone"), bench.warnings()
			.toString());
		assertEquals("", quantify(image(), "line", LINE).rows().get(0).note());
	}

	/** As DICOM images that state no Pixel Spacing, or repeat Imager Pixel Spacing in it. */
	@Test
	void aPixelSizeOnTheDetectorIsSaid() {
		final ImagePlus image = image();
		image.setProperty("Info", "0018,1164  Imager Pixel Spacing: 0.3\\0.3\n");
		assertEquals("none", quantify(image, "line", LINE).calibration());
		image.getCalibration().setUnit("mm");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.2;
		assertEquals("image", quantify(image, "line", LINE).calibration());
		assertTrue(bench.warnings().stream().noneMatch(said -> said.contains("detector")), bench.warnings().toString());
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.3;
		assertEquals("none", quantify(image, "line", LINE, "unit", "px").calibration());
		assertTrue(bench.warnings().stream().noneMatch(said -> said.contains("detector")), bench.warnings().toString());
		assertEquals("detector", quantify(image, "line", LINE).calibration());
		assertTrue(bench.warnings().stream().anyMatch(said -> said.startsWith(
			"angiogram: its pixels of 0.3000 mm are on the detector (Imager Pixel Spacing)")), bench.warnings().toString());
	}

	@Test
	void pixelsMustBeSquare() {
		final ImagePlus image = image();
		image.getCalibration().setUnit("mm");
		image.getCalibration().pixelWidth = 0.3;
		image.getCalibration().pixelHeight = 0.2;
		final String seen = "angiogram has pixels of 0.3 x 0.2 mm, which must be square";
		for (final Object[] more : new Object[][] { { "unit", "auto" }, { "unit", "mm" }, { "catheter", 6, "catheterline",
			LINE } })
			CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image, more)), "input: " + seen);
		assertTruth(quantify(image, "line", LINE, "unit", "px").rows().get(0), 1);
		assertTrue(bench.warnings().stream().anyMatch(said -> said.startsWith(seen)), bench.warnings().toString());
	}

	/** The vessel itself as a catheter of 6 French, 2 mm: its healthy part is twice the reference radius wide. */
	@Test
	void aCatheterTellsThePixelSize() {
		final String[] ends = LINE.split(",");
		final ImagePlus image = image();
		final double x = Double.parseDouble(ends[0]), y = Double.parseDouble(ends[1]);
		final Segment.Point next = DRAWN.segments().get(TRUTH.segment() - 1).centreline().stream().filter(p -> Math.hypot(p
			.x() - x, p.y() - y) > 12).findFirst().orElseThrow();
		image.setOverlay(new Overlay(new Line(x, y, next.x(), next.y())));
		final QuantifyStenosis.Result result = quantify(image, "line", LINE, "catheter", 6);
		assertEquals(2, 2 * TRUTH.referenceRadius() * result.pixelsize(), 0.4);
		assertEquals(List.of("mm", "catheter"), List.of(result.unit(), result.calibration()));
	}

	@Test
	void anAreaLimitsTheMask() {
		final int all = quantify(image()).vessels();
		final ImagePlus part = image();
		part.setRoi(new Roi((int) TRUTH.x() - 60, (int) TRUTH.y() - 60, 120, 120));
		final QuantifyStenosis.Result result = quantify(part);
		assertTrue(result.vessels() < all && result.vessels() > 0, result.vessels() + " of " + all);
		assertTrue(result.rows().stream().anyMatch(row -> Math.abs(row.percent() - 60) < 8), result.toString());
	}

	@Test
	void withoutAMaskOneIsMade() {
		final QuantifyStenosis.Result result = quantify(image(), "mask", "");
		assertTrue(result.rows().stream().anyMatch(row -> Math.hypot(row.x() - TRUTH.x(), row.y() - TRUTH.y()) < 6), result
			.rows().toString());
	}

	/** The first frame of a run shows nothing yet: it is named, and the others are measured. */
	@Test
	void allFramesAreMeasured() {
		final ImageStack stack = new ImageStack();
		final ImageStack masks = new ImageStack();
		for (int i = 0; i < 3; i++) {
			stack.addSlice(Frames.toProcessor(DRAWN.image()));
			masks.addSlice(Frames.toProcessor(DRAWN.mask()));
		}
		masks.getProcessor(1).set(0);
		final Path file = folder.resolve("masks.tif");
		try {
			ImageFile.writeTiff(file, new ImagePlus("masks", masks));
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
		final ImagePlus run = new ImagePlus("run", stack);
		final CommandModule module = run(run, "mask", file.toString(), "frames", "all", "line", LINE);
		assertEquals(List.of(2, 3), ((QuantifyStenosis.Result) CommandBench.result(module)).rows().stream().map(
			StenosisRow::frame).toList());
		assertEquals(2, ((ImagePlus) module.getOutput("plot")).getStackSize());
		assertTrue(bench.warnings().contains(
			"run, plane 1: mask: it holds no vessel. Give a mask that is not 0 where vessels are."), bench.warnings().toString());
	}

	@Test
	void nothingNarrowIsSaid() {
		assertEquals(0, quantify(image(), "line", LINE, "leaststenosis", 95.0).rows().size());
		assertTrue(bench.warnings().contains("angiogram, plane 1: no narrowing of 95 % or more was found in 1 vessels"), bench
			.warnings().toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"unit | mm | unit: mm was chosen, but angiogram has no pixel size in mm",
		"mask | nowhere.png | mask: there is neither an open image nor a file called nowhere.png",
		"line | 1,2 | line: must be x1,y1,x2,y2,..., two points or more in px, but was 1,2. Write numbers alone, with commas between them.",
		"line | 1,2,x,4 | line: must be x1,y1,x2,y2", "line | NaN,5,9,9 | line: must be x1,y1,x2,y2",
		"line | 1,2,3,Infinity | line: must be x1,y1,x2,y2",
		"line | 5,5,600,9 | line: must be inside of angiogram, 512 x 512 px, but goes to (600, 9)",
		"line | 5,-5,60,9 | line: must be inside of angiogram, 512 x 512 px, but goes to (5, -5)",
		"line | 5,5,9,9 | line: its point (5, 5) is ",
		"catheterline | 1,2,3,4 | catheterline: was given, but catheter is 0" })
	void badInputIsRefused(final String key, final String value, final String message) {
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image(), key, value)), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "NaN,5,9,9 | catheterline: must be x1,y1,x2,y2",
		"5,5,600,9 | catheterline: must be inside of angiogram, 512 x 512 px, but goes to (600, 9)",
		"5,5,5,5 | catheterline: must be 4.0 px long or more, but is 0.0" })
	void linesThatAreNoCathetersAreRefused(final String line, final String message) {
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image(), "catheter", 6.0, "catheterline", line)),
			message);
	}

	@Test
	void planesThatAreNotThereAreRefused() throws IOException {
		final ImageStack two = new ImageStack();
		for (int i = 0; i < 2; i++)
			two.addSlice(Frames.toProcessor(DRAWN.mask()));
		final Path file = folder.resolve("two.tif");
		ImageFile.writeTiff(file, new ImagePlus("two", two));
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image(), "mask", file.toString())),
			"mask: must have one plane, or one for each of the image's 1, but two.tif has 2. Give one of these, or leave it empty.");
		final FolderRun.Result result = (FolderRun.Result) CommandBench.result(bench.succeed(QuantifyStenosisFolder.class,
			"input", new File(mask), "output", folder.resolve("output").toFile(), "frame", 2));
		assertEquals("frame: must be 0..1 for mask.png, but was 2. 0 measures all.", result.failures().get(0).reason());
	}

	@Test
	void aMaskWithoutBackgroundIsRefused() throws IOException {
		final ImagePlus white = image();
		white.getProcessor().set(255);
		ImageFile.writePng(Path.of(mask), white.getProcessor());
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image())),
			"mask: must be 0 outside of vessels, but is 0 nowhere.");
	}

	@Test
	void settingsThatContradictOneAnotherAreRefused() {
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image(), "correct", false, "blur", 1.0)),
			"blur: was set, but correct is false");
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image(), "catheter", 6.0)),
			"catheterline: one line along the catheter is needed in the image's overlay, but there are 0");
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image(), "catheter", 6.0, "unit", "px")),
			"catheter: was given, but unit is px");
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(new ImagePlus("small", image().getProcessor()
			.resize(100)))), "mask: must be of the image's size, 100 x 100 px, but mask.png is of 512 x 512. Give the mask of this image.");
		CommandBench.assertRefused(bench.run(QuantifyStenosis.class, inputs(image(), "leastdiameter", 90.0)),
			"mask: it holds no vessel of a diameter of 90.0 px or more");
	}

	@Test
	void aFolderGivesTablesPlotsAndImagesWithRois() throws IOException {
		final Path images = Files.createDirectories(folder.resolve("images"));
		final Path masks = Files.createDirectories(folder.resolve("masks"));
		final Path output = folder.resolve("output");
		for (final String name : List.of("a", "b"))
			ImageFile.writePng(images.resolve(name + ".png"), Frames.toProcessor(DRAWN.image()));
		Files.copy(Path.of(mask), masks.resolve("a.png"));
		final Object[] inputs = { "input", images.toFile(), "masks", masks.toFile(), "output", output.toFile(), "line", LINE };
		final FolderRun.Result first = (FolderRun.Result) CommandBench.result(bench.succeed(QuantifyStenosisFolder.class,
			inputs));
		assertEquals(List.of(1, 0, 1), List.of(first.done(), first.skipped(), first.failed()));
		assertEquals("masks: 0 files in masks are called as b.png is, but one is needed. Give it the image's name, " +
			"with an ending of its own.", first.failures().get(0).reason());
		final StenosisRow expected = quantify(image(), "line", LINE).rows().get(0);
		final String[] lines = Files.readString(output.resolve("a.csv")).split("\r\n");
		assertEquals(2, lines.length);
		assertEquals(String.join(",", StenosisRow.HEADINGS), lines[0]);
		assertEquals(expected.percent(), Double.parseDouble(lines[1].split(",")[8]));
		assertTrue(Files.readString(output.resolve("a-profile.csv")).startsWith(
			"image,frame,vessel,position (px),x (px),y (px),diameter (px),usable\r\na.png,1,1,0.0,"));
		final Roi[] written = ImageFile.read(output.resolve("a.tif")).getOverlay().toArray();
		assertEquals(6, written.length);
		assertTrue(Arrays.stream(written).allMatch(StenosisRois::isOurs), Arrays.toString(written));
		assertEquals(24, ImageFile.read(output.resolve("a-plot.png")).getBitDepth());
		Files.copy(Path.of(mask), masks.resolve("b.png"));
		// Other masks, other results.
		final FolderRun.Result second = (FolderRun.Result) CommandBench.result(bench.succeed(QuantifyStenosisFolder.class,
			inputs));
		assertEquals(List.of(2, 0, 0), List.of(second.done(), second.skipped(), second.failed()));
		final FolderRun.Result third = (FolderRun.Result) CommandBench.result(bench.succeed(QuantifyStenosisFolder.class,
			inputs));
		assertEquals(List.of(0, 2, 0), List.of(third.done(), third.skipped(), third.failed()));
	}

	@Test
	@Timeout(60)
	void thePreviewShowsTheVesselAndGoes() throws Exception {
		final ImagePlus image = image();
		final Module dialog = bench.dialog(QuantifyStenosis.class);
		inputs(image, "line", LINE, "preview", true).forEach(dialog::setInput);
		EventQueue.invokeAndWait(dialog::preview);
		while (image.getOverlay() == null)
			Thread.sleep(5);
		assertNotNull(image.getOverlay().get(0));
		EventQueue.invokeAndWait(dialog::cancel);
		while (image.getOverlay() != null)
			Thread.sleep(5);
	}
}
