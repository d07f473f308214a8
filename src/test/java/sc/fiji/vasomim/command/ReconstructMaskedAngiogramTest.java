package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import ij.gui.Line;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.measure.ResultsTable;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.files.ImageFile;

/** With an untrained network of 32 px and patches of 8 px, on an image of 224 x 256 px. */
class ReconstructMaskedAngiogramTest {

	/** From x = 20 to 39 and y = 30 to 54: patches 2 to 4 across, 3 to 6 down. */
	private static final Roi SELECTION = new Roi(20, 30, 20, 25);

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

	private static CommandModule run(final ImagePlus image, final Object... more) {
		final Map<String, Object> inputs = sound.of(ReconstructMaskedAngiogram.class, "input", image, "hidden", "random");
		for (int i = 0; i < more.length; i += 2)
			inputs.put((String) more[i], more[i + 1]);
		return bench.run(ReconstructMaskedAngiogram.class, inputs);
	}

	private static ImagePlus reconstruction(final CommandModule module) {
		assertFalse(module.isCanceled(), module.getCancelReason());
		return (ImagePlus) module.getOutput("reconstruction");
	}

	private static List<ReconstructionRow> rows(final CommandModule module) {
		return ((ReconstructMaskedAngiogram.Result) CommandBench.result(module)).rows();
	}

	@Test
	void theReconstructionHasTheInputsSizeAndPlace() {
		final ImagePlus image = TestImages.tree();
		final byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
		final CommandModule module = run(image);
		final ImagePlus output = reconstruction(module);
		assertArrayEquals(image.getDimensions(), output.getDimensions());
		assertEquals(8, output.getBitDepth());
		assertEquals("0.3 x 0.3 x 1.0 mm", TestImages.space(output));
		assertEquals("reconstruction of tree", output.getTitle());
		assertEquals("figure of tree", ((ImagePlus) module.getOutput("figure")).getTitle());
		assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
		final ReconstructionRow row = rows(module).get(0);
		assertEquals(List.of("tree", 1, 28 * 32, 14 * 32, "original"), List.of(row.image(), row.frame(), row.patches(), row
			.hidden(), row.statistics()));
		for (final double value : new double[] { row.psnr(), row.psnrbilinear() })
			assertTrue(value > 5 && value < 60, row.toString());
		for (final double value : new double[] { row.ssim(), row.ssimbilinear() })
			assertTrue(value > -1 && value < 1, row.toString());
	}

	@Test
	void theSelectionsPatchesAloneArePainted() {
		final ImagePlus image = TestImages.tree();
		image.setRoi(SELECTION);
		final CommandModule module = run(image, "hidden", "painted");
		assertEquals(12, rows(module).get(0).hidden());
		assertEquals("interpolated", rows(module).get(0).statistics());
		assertEquals("original", rows(run(image, "hidden", "painted", "statistics", "original")).get(0).statistics());
		assertEquals("interpolated", rows(run(image, "statistics", "interpolated")).get(0).statistics());
		final ImagePlus output = reconstruction(module);
		int different = 0;
		for (int y = 0; y < 256; y++)
			for (int x = 0; x < 224; x++) {
				if (image.getProcessor().get(x, y) == output.getProcessor().get(x, y)) continue;
				assertTrue(x >= 16 && x < 40 && y >= 24 && y < 56, x + ", " + y);
				different++;
			}
		assertTrue(different > 500, different + " px");
		for (final double ratio : new double[] { 0, 1 })
			assertEquals(12, rows(run(image, "hidden", "painted", "maskratio", ratio)).get(0).hidden());
		image.setRoi(new Line(0, 3, 223, 3));
		assertEquals(28, rows(run(image, "hidden", "painted")).get(0).hidden());
	}

	@Test
	void aSelectionThatDoesNotCountIsNamed() {
		final ImagePlus image = TestImages.tree();
		image.setTitle("selected");
		run(image, "hidden", "painted");
		assertFalse(bench.warnings().stream().anyMatch(word -> word.startsWith("selected: ")), bench.warnings().toString());
		run(image, "hidden", "guided");
		assertTrue(bench.warnings().contains(
			"selected: its selection changes nothing; to hide what is selected, choose hidden=painted"), bench.warnings()
				.toString());
	}

	@Test
	void whatIsPaintedMustBeThereAndLeaveSomething() {
		final ImagePlus image = TestImages.tree();
		image.setRoi(new Roi(0, 0, 224, 256));
		CommandBench.assertRefused(run(image, "hidden", "painted"), "hidden: would hide 896 of the 896 patches", "Hide less");
		image.setRoi(new Roi(0, 0, 224, 180));
		CommandBench.assertRefused(run(image, "hidden", "painted"), "hidden: patch", "no visible patch near it", "resolution=network");
		assertFalse(run(image, "hidden", "painted", "resolution", "network").isCanceled());
		image.deleteRoi();
		CommandBench.assertRefused(run(image, "hidden", "painted"), "hidden: painted needs a selection", "random or guided");
	}

	@Test
	void theNetworksSquareIsAnotherSizeWithoutPlace() {
		final CommandModule module = run(TestImages.tree(), "resolution", "network");
		assertArrayEquals(new int[] { 32, 32, 1, 1, 1 }, reconstruction(module).getDimensions());
		assertEquals("1.0 x 1.0 x 1.0 pixel", TestImages.space(reconstruction(module)));
		assertEquals(List.of(16, 8), List.of(rows(module).get(0).patches(), rows(module).get(0).hidden()));
	}

	@Test
	void everyPlaneOfAHyperstackHasItsRowAndItsOwnDraws() {
		final ImagePlus image = TestImages.hyperstack();
		final CommandModule module = run(image);
		final ImagePlus output = reconstruction(module);
		assertArrayEquals(new int[] { 64, 64, 2, 3, 2 }, output.getDimensions());
		assertTrue(output.isHyperStack());
		assertEquals(12, ((ImagePlus) module.getOutput("figure")).getStackSize());
		assertEquals("plane 4", output.getStack().getSliceLabel(5));
		assertTrue(CommandBench.result(module).toString().startsWith("12 frames, mean over hidden pixels: PSNR "));
		assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), rows(module).stream().map(ReconstructionRow::frame)
			.toList());
		final ImagePlus alone = reconstruction(run(new ImagePlus("", image.getStack().getProcessor(1))));
		assertArrayEquals((byte[]) alone.getProcessor().getPixels(), (byte[]) output.getStack().getPixels(1));
		final ImagePlus again = reconstruction(run(image));
		for (int i = 1; i <= 12; i++)
			assertArrayEquals((byte[]) again.getStack().getPixels(i), (byte[]) output.getStack().getPixels(i));
		// The same pixels as the first plane, but another number.
		image.getStack().setPixels(image.getStack().getPixels(1), 2);
		assertFalse(Arrays.equals((byte[]) output.getStack().getPixels(1), (byte[]) reconstruction(run(image)).getStack()
			.getPixels(2)));
		assertFalse(Arrays.equals((byte[]) output.getStack().getPixels(1), (byte[]) reconstruction(run(image, "seed", 1L))
			.getStack().getPixels(1)));
	}

	@Test
	void aStackStopsBetweenTwoPlanes() {
		try (CommandBench stopping = new CommandBench(3)) {
			final CommandModule module = stopping.run(ReconstructMaskedAngiogram.class, sound.of(
				ReconstructMaskedAngiogram.class, "input", TestImages.hyperstack(), "hidden", "random"));
			CommandBench.assertRefused(module, "Stopped: after 3 of 12 planes");
			assertNull(module.getOutput("reconstruction"));
		}
	}

	/** Bright vessels are shown dark: the result is in the intensity rule's grey levels. */
	@Test
	void sixteenBitsComeBackAsEight() {
		final ImagePlus image = TestImages.tree();
		image.getProcessor().invert();
		final ImagePlus deep = new ImagePlus("deep", image.getProcessor().convertToShort(false));
		deep.getProcessor().multiply(100);
		final ImagePlus output = reconstruction(run(deep, "vessels", "bright"));
		assertEquals(8, output.getBitDepth());
		assertTrue(output.getProcessor().getStats().max > 200 && output.getProcessor().getStats().min < 50);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 'hidden: would hide 1 of the 1 patches'", "8, 5, 'hidden: would hide 1 of the 1 patches'" })
	void anImageOfOnePatchIsTooSmall(final int width, final int height, final String words) {
		final ImagePlus image = new ImagePlus("tiny", new ij.process.ByteProcessor(width, height));
		CommandBench.assertRefused(run(image), words, "resolution=network", "larger image");
		assertEquals(1, rows(run(image, "resolution", "network")).size());
	}

	@Test
	void guidanceNeedsItsSegmentorAndNothingElseDoes() {
		final ImagePlus image = TestImages.tree();
		CommandBench.assertRefused(run(image, "hidden", "guided", "segmentor", null), "segmentor: must be given");
		assertFalse(run(image, "segmentor", null).isCanceled());
		CommandBench.assertRefused(run(image, "hidden", "guided", "progress", 101.0), "progress: must be 0..100");
		assertEquals(448, rows(run(image, "hidden", "guided")).get(0).hidden());
	}

	@Test
	void rowsAreAddedToATable() {
		final ReconstructionRow row = new ReconstructionRow("a", 1, 64, 32, 21.5, 0.75, 20, 0.5, "original");
		final ResultsTable table = ReconstructionRow.table(List.of(row, row)).addTo(new ResultsTable());
		assertEquals(3, ReconstructionRow.table(List.of(row)).addTo(table).size());
		assertEquals("image,frame,patches,hidden,psnr,ssim,psnrbilinear,ssimbilinear,statistics", String.join(",", table
			.getHeadings()));
		assertEquals("a", table.getStringValue("image", 2));
		assertEquals(0.75, table.getValue("ssim", 2));
		assertEquals("original", table.getStringValue("statistics", 0));
	}

	/** A TIFF that ImageJ wrote keeps its selection; an image without one fails alone. */
	@Test
	void aFoldersImagesAreWrittenWithTheirMeasures() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("painted"));
		final ImagePlus tree = TestImages.tree();
		tree.setRoi(SELECTION);
		new FileSaver(tree).saveAsTiff(images.resolve("tree, 1.tif").toString());
		ImageFile.writePng(images.resolve("bare.png"), tree.getProcessor());
		final Map<String, Object> inputs = sound.of(ReconstructMaskedAngiogramFolder.class, "input", images.toFile(), "hidden",
			"painted", "output", folder.resolve("painted-output").toFile());
		final FolderRun.Result result = (FolderRun.Result) CommandBench.result(bench.succeed(
			ReconstructMaskedAngiogramFolder.class, inputs.entrySet().stream().flatMap(e -> java.util.stream.Stream.of(e
				.getKey(), e.getValue())).toArray()));
		assertEquals(1, result.done());
		assertEquals("bare.png", result.failures().get(0).input());
		assertTrue(result.failures().get(0).reason().startsWith("hidden: painted needs a selection"), result.toString());

		inputs.putAll(Map.of("maskratio", 1.0, "seed", 9L, "eta", 0.9));
		assertEquals(1, ((FolderRun.Result) CommandBench.result(bench.run(ReconstructMaskedAngiogramFolder.class, inputs)))
			.skipped());
		final Path output = folder.resolve("painted-output");
		final ImagePlus written = ImageFile.read(output.resolve("tree, 1-reconstruction.tif"));
		final CommandModule alone = run(tree, "hidden", "painted");
		TestImages.assertSamePixels(reconstruction(alone), written);
		assertEquals(0.3, written.getCalibration().pixelWidth, 1e-6);
		assertEquals("mm", written.getCalibration().getUnit());
		final ReconstructionRow row = rows(alone).get(0);
		assertEquals(List.of("image,frame,patches,hidden,psnr,ssim,psnrbilinear,ssimbilinear,statistics",
			"\"tree, 1.tif\",1,896,12," + row.psnr() + "," + row.ssim() + "," + row.psnrbilinear() + "," + row.ssimbilinear() +
				",interpolated"), Files.readAllLines(output.resolve("tree, 1.csv")));
	}
}
