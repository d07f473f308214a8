package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.scijava.command.CommandModule;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;

@Timeout(120)
class PreviewCoGuidanceMaskTest {

	@TempDir
	private Path folder;

	private final CommandBench bench = new CommandBench();

	@AfterEach
	void close() {
		bench.close();
	}

	private CommandModule run(final Object... settings) {
		final Object[] inputs = new Object[6 + settings.length];
		System.arraycopy(new Object[] { "input", TestImages.tree(), "size", 64, "device", "cpu" }, 0, inputs, 0, 6);
		System.arraycopy(settings, 0, inputs, 6, settings.length);
		return bench.run(PreviewCoGuidanceMask.class, inputs);
	}

	private ImagePlus output(final String name, final Object... settings) {
		final CommandModule module = run(settings);
		assertFalse(module.isCanceled(), module.getCancelReason());
		return (ImagePlus) module.getOutput(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "filter" })
	void noSegmentorIsNeededOrRead(final String guidance) {
		final ImagePlus figure = output("figure", "guidance", guidance);
		TestImages.assertSamePixels(figure, output("figure", "guidance", guidance, "segmentor", new File("nowhere")));
		assertTrue(bench.warnings().stream().allMatch(word -> word.contains("selection")), bench.warnings().toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "segmentor", "both" })
	void aMissingSegmentorIsAskedFor(final String guidance) {
		for (final File segmentor : new File[] { null, new File("") })
			CommandBench.assertRefused(run("guidance", guidance, "segmentor", segmentor),
				"segmentor: must be given for the guidance " + guidance, "the guidance filter, which needs no model");
	}

	@ParameterizedTest
	@CsvSource({ "filter, both, 1", "segmentor, both, 0" })
	void aSourceAloneHidesWhatBothDoWithAllTheWeight(final String alone, final String both, final double eta)
		throws IOException
	{
		final Map<String, Object> sound = new SoundInputs(folder).of(PreviewCoGuidanceMaskFolder.class, "table", true);
		final String first = table(sound, alone, 0.5);
		assertEquals(first, table(sound, both, eta));
		assertFalse(first.equals(table(sound, both, 0.5)));
	}

	private String table(final Map<String, Object> inputs, final String guidance, final double eta) throws IOException {
		final Path output = folder.resolve("out-" + guidance + eta);
		inputs.putAll(Map.of("guidance", guidance, "eta", eta, "output", output.toFile()));
		assertFalse(bench.run(PreviewCoGuidanceMaskFolder.class, inputs).isCanceled());
		return Files.readString(output.resolve("1-patches.csv"));
	}

	@Test
	void theFolderWritesWhatIsAskedFor() throws IOException {
		final SoundInputs sound = new SoundInputs(folder);
		final Map<String, Object> inputs = sound.of(PreviewCoGuidanceMaskFolder.class, "slices", 2, "curve", true, "table",
			true);
		assertFalse(bench.run(PreviewCoGuidanceMaskFolder.class, inputs).isCanceled());
		for (final String ending : new String[] { ".png", "-curve.png", "-epochs.tif", "-patches.csv" })
			assertTrue(Files.exists(sound.output().resolve("2" + ending)), ending);
		assertEquals(2, ImageFile.read(sound.output().resolve("2-epochs.tif")).getStackSize());
		// 16 patches, half of them hidden, and the headings.
		final List<String> rows = Files.readAllLines(sound.output().resolve("2-patches.csv"));
		assertEquals(17, rows.size());
		assertEquals(8, rows.stream().filter(row -> row.matches(".*,1,[01]")).count());
	}

	@Test
	void whatIsNotAskedForIsNotMade() {
		final CommandModule module = run("guidance", "filter");
		assertEquals(1, module.getOutputs().values().stream().filter(Objects::nonNull).count());
		assertNotNull(module.getOutput("figure"));
	}

	@Test
	void stackAndCurveComeOnRequest() {
		final CommandModule module = run("guidance", "filter", "slices", 4, "curve", true, "table", true);
		final ImagePlus stack = (ImagePlus) module.getOutput("stack");
		// 8 of 16 patches are hidden: an eighth, a quarter, three eighths and a half of them guided.
		assertEquals("epoch 200 of 800, 1 guided", stack.getStack().getSliceLabel(1));
		assertEquals("epoch 800 of 800, 4 guided", stack.getStack().getSliceLabel(4));
		assertEquals(24, stack.getBitDepth());
		assertEquals(24, ((ImagePlus) module.getOutput("plot")).getBitDepth());
		assertEquals("tree: its selection changes nothing; masks are drawn over the whole image", bench.warnings().get(0));
		assertTrue(bench.warnings().get(1).startsWith("table: there is no display"), bench.warnings().toString());
	}

	@Test
	void theFilterStopsWhereItIs() throws IOException {
		final AtomicInteger asked = new AtomicInteger();
		final Progress stop = new Progress() {

			@Override
			public void report(final long done, final long total, final String message) {}

			@Override
			public boolean isCanceled() {
				return asked.incrementAndGet() >= 2;
			}
		};
		final CoGuidanceSetup setup = setup();
		try (CoGuidanceStages stages = new CoGuidanceStages()) {
			stages.set(setup);
			final RandomAccessibleInterval<UnsignedByteType> plane = stages.grey(TestImages.tree(), setup).planes().get(0);
			assertThrows(CancellationException.class, () -> stages.guide(plane, stop));
			assertTrue(asked.get() >= 2, "asked while it worked");
			assertEquals(16, stages.guide(plane, Progress.NONE).distribution().length);
		}
	}

	/** With the guidance filter. */
	static CoGuidanceSetup setup() {
		return new CoGuidanceSetup(new CoGuidanceSetup.Asked(new CoGuidanceFigures.Settings(1, 2, new MaskingSettings(
			MaskSchedule.VASOMIM, GuidanceSource.FILTER, 0.5, PatchSampling.UNIFORM), 64, 16, 0), IntensityRule.Polarity.AUTO,
			0, false, false), null, "cpu");
	}

	/** 0 and 100 % are the first and the last epoch, and a run of one epoch has but one. */
	@Test
	void progressNamesTheEpoch() {
		final ImagePlus first = output("figure", "guidance", "filter", "progress", 0);
		TestImages.assertSamePixels(first, output("figure", "guidance", "filter", "progress", 0.1));
		assertDiffers(first, output("figure", "guidance", "filter", "progress", 100));
		TestImages.assertSamePixels(output("figure", "guidance", "filter", "progress", 0, "epochs", 1), output("figure",
			"guidance", "filter", "progress", 100, "epochs", 1));
	}

	private static void assertDiffers(final ImagePlus one, final ImagePlus other) {
		boolean same = true;
		for (int i = 0; i < one.getProcessor().getPixelCount(); i++)
			same &= one.getProcessor().get(i) == other.getProcessor().get(i);
		assertFalse(same);
	}

	@Test
	void everyPlaneHasItsFigureAndCurve() {
		final CommandModule module = run("guidance", "filter", "curve", true, "input", TestImages.hyperstack());
		for (final String output : new String[] { "figure", "plot" })
			assertArrayEquals(TestImages.hyperstack().getDimensions(true), dimensionsOf((ImagePlus) module.getOutput(output)));
	}

	/** The tree, its mirror image, and the tree again. */
	static ImagePlus threePlanes() {
		final ImageStack stack = new ImageStack();
		for (int i = 0; i < 3; i++) {
			final ImageProcessor plane = TestImages.tree().getProcessor().duplicate();
			if (i == 1) plane.flipHorizontal();
			stack.addSlice(plane);
		}
		return new ImagePlus("three", stack);
	}

	private static ImagePlus plane(final int number) {
		return new ImagePlus("plane", threePlanes().getStack().getProcessor(number));
	}

	/** A row a patch, without the plane's number and without the headings. */
	private static List<String> patches(final ImagePlus image, final long seed, final int plane) throws IOException {
		final MaskingSettings masking = new MaskingSettings(MaskSchedule.VASOMIM, GuidanceSource.FILTER, 1,
			PatchSampling.PROPORTIONAL);
		final CoGuidanceSetup setup = new CoGuidanceSetup(new CoGuidanceSetup.Asked(new CoGuidanceFigures.Settings(1, 2,
			masking, 64, 16, seed), IntensityRule.Polarity.DARK, 0, false, true), null, "cpu");
		try (CoGuidanceStages stages = new CoGuidanceStages()) {
			stages.set(setup);
			final String start = plane + ",";
			return CoGuidanceResults.of(image, stages.grey(image, setup), stages, setup.asked(), Progress.NONE).table().toCsv()
				.lines().skip(1).filter(row -> row.startsWith(start)).map(row -> row.substring(start.length())).toList();
		}
	}

	/** Up to the two columns that depend on the draws. */
	private static List<String> guided(final List<String> patches) {
		return patches.stream().map(row -> row.replaceFirst(",[01],[01]$", "")).toList();
	}

	@Test
	void eachPlanesPatchesAreThoseOfThePlaneAlone() throws IOException {
		assertEquals(16, patches(threePlanes(), 0, 1).size());
		assertEquals(patches(plane(1), 0, 1), patches(threePlanes(), 0, 1));
		for (int i = 1; i <= 3; i++)
			assertEquals(guided(patches(plane(i), 0, 1)), guided(patches(threePlanes(), 0, i)));
		assertNotEquals(guided(patches(threePlanes(), 0, 1)), guided(patches(threePlanes(), 0, 2)));
	}

	@Test
	void equalPlanesHaveDrawsOfTheirOwnThatTheSeedNames() throws IOException {
		final List<String> first = patches(threePlanes(), 0, 1), last = patches(threePlanes(), 0, 3);
		assertEquals(guided(first), guided(last));
		assertNotEquals(first, last);
		assertEquals(first, patches(threePlanes(), 0, 1));
		assertNotEquals(first, patches(threePlanes(), 1, 1));
	}

	/** Those of the fixture's size, whatever the pictures' size. */
	private static int[] dimensionsOf(final ImagePlus image) {
		return new int[] { 64, 64, image.getNChannels(), image.getNSlices(), image.getNFrames() };
	}
}
