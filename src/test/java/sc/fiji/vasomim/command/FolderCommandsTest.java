package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.scijava.command.CommandModule;

import ij.ImagePlus;
import ij.io.FileSaver;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.vesselness.Fixture;

/** The commands on folders: what they write, what they do about bad files, a second run, and a stop. */
class FolderCommandsTest {

	@TempDir
	private Path folder;

	private SoundInputs sound;

	private final CommandBench bench = new CommandBench();

	@BeforeEach
	void open() {
		sound = new SoundInputs(folder);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	/** Each with the ending of its outputs, and a setting that changes them. */
	@ParameterizedTest
	@CsvSource({ "FrangiVesselFilter, input, output, tif, beta, 0.7", "ExtractVascularAnatomy, input, mask, png, leastsize, 5",
		"PreviewCoGuidanceMask, input, figure, png, maskratio, 0.75", "ReconstructMaskedAngiogram, input, figure, png, maskratio, 0.75",
		"SegmentVessels, input, mask, png, scale, 1.5" })
	void aFolderGivesWhatEachImageGives(final String name, final String input, final String output, final String ending,
		final String key, final double value) throws Exception
	{
		final Class<? extends VasoMIMCommand> single = command(name);
		final Class<? extends VasoMIMCommand> folders = command(name + "Folder");
		final Path images = folder.resolve("images");
		final byte[] whole = Files.readAllBytes(images.resolve("2.png"));
		Files.writeString(images.resolve("text.png"), "no image");
		Files.write(images.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
		final Map<String, Integer> before = SoundInputs.listing(images);

		final FolderRun.Result first = run(folders, sound.of(folders));
		assertEquals(List.of(3, 0, 2, 0), List.of(first.done(), first.skipped(), first.failed(), first.remaining()));
		assertEquals(List.of(new FolderRun.Failure("cut.png", "Cannot read cut.png: it ends too early"),
			new FolderRun.Failure("text.png",
				"Cannot read text.png: it is no PNG, JPEG, TIFF, BMP, GIF or DICOM image")), first.failures());
		final List<String> table = Files.readAllLines(sound.output().resolve("status.csv"));
		assertTrue(table.get(4).startsWith("cut.png,failed,Cannot read cut.png: it ends too early,"), table.get(4));
		assertEquals(before, SoundInputs.listing(images));
		for (int i = 0; i < 3; i++) {
			final ImagePlus written = ImageFile.read(sound.output().resolve(i + "." + ending));
			final ImagePlus alone = (ImagePlus) bench.run(single, sound.of(single, input, ImageFile.read(images.resolve(i +
				".png")))).getOutput(output);
			TestImages.assertSamePixels(alone, written);
		}

		final Map<String, Integer> done = outputs(ending);
		final FolderRun.Result second = run(folders, sound.of(folders));
		assertEquals(List.of(0, 3, 2, 0), List.of(second.done(), second.skipped(), second.failed(), second.remaining()));
		assertEquals(done, outputs(ending));
		final FolderRun.Result other = run(folders, sound.of(folders, key, value));
		assertEquals(List.of(3, 0), List.of(other.done(), other.skipped()));
		assertTrue(!done.equals(outputs(ending)), key + " changes the outputs");
	}

	/** Each command's settings that stand in no number field, and so are easily forgotten. */
	@ParameterizedTest
	@CsvSource({ "FrangiVesselFilter, tif, vessels, bright", "ExtractVascularAnatomy, png, keep, all",
		"PreviewCoGuidanceMask, png, vessels, bright", "PreviewCoGuidanceMask, png, sampling, uniform",
		"PreviewCoGuidanceMask, png, guidance, none", "ReconstructMaskedAngiogram, png, vessels, bright",
		"ReconstructMaskedAngiogram, png, hidden, random", "ReconstructMaskedAngiogram, png, resolution, network",
		"ReconstructMaskedAngiogram, png, statistics, interpolated", "SegmentVessels, png, vessels, bright",
		"SegmentVessels, png, flips, both" })
	void anotherChoiceIsNoFinishedWork(final String name, final String ending, final String key, final String value) {
		final Class<? extends VasoMIMCommand> folders = command(name + "Folder");
		assertEquals(3, run(folders, sound.of(folders)).done());
		final Map<String, Integer> first = outputs(ending);
		final FolderRun.Result other = run(folders, sound.of(folders, key, value));
		assertEquals(List.of(3, 0), List.of(other.done(), other.skipped()));
		final Map<String, Integer> second = outputs(ending);
		first.forEach((file, content) -> assertNotEquals(content, second.get(file), file));
	}

	/** What a choice leaves unused is no part of the result: a key with its new value, then the keys that it idles. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"ReconstructMaskedAngiogram | hidden=random | guidedstart=0.3 guidedend=0.1 eta=0.9 progress=7",
		"PreviewCoGuidanceMask | guidance=none | guidedstart=0.3 guidedend=0.1 eta=0.9",
		"PreviewCoGuidanceMask | guidance=filter | eta=0.9" })
	void unusedKeysUndoNoFinishedWork(final String name, final String choice, final String unused) {
		final Class<? extends VasoMIMCommand> folders = command(name + "Folder");
		final String[] chosen = choice.split("=");
		final Map<String, Object> inputs = sound.of(folders, chosen[0], chosen[1]);
		assertEquals(3, run(folders, inputs).done());
		for (final String one : unused.split(" "))
			inputs.put(one.split("=")[0], Double.valueOf(one.split("=")[1]));
		assertEquals(3, run(folders, inputs).skipped());
	}

	private Map<String, Integer> outputs(final String ending) {
		final Map<String, Integer> outputs = SoundInputs.listing(sound.output());
		outputs.keySet().removeIf(name -> !name.matches("\\d+\\." + ending));
		assertEquals(3, outputs.size(), outputs.toString());
		return outputs;
	}

	@Test
	void theMaskOfAFileIsThePublishedOne() throws IOException {
		final Fixture input = Fixture.read("inputs/tree512_u8");
		final Path file = folder.resolve("tree.png");
		ImageFile.writePng(file, TestImages.bytes(input));
		final FolderRun.Result result = run(ExtractVascularAnatomyFolder.class, sound.of(ExtractVascularAnatomyFolder.class,
			"input", file.toFile(), "preset", "VasoMIM"));
		assertEquals(1, result.done());
		final float[] expected = Fixture.read("skimage025/sk025_official_mask_tree512_u8").values();
		final byte[] mask = (byte[]) ImageFile.read(sound.output().resolve("tree.png")).getProcessor().getPixels();
		int different = 0;
		for (int i = 0; i < mask.length; i++)
			if (expected[i] > 0 != (mask[i] == -1)) different++;
		assertTrue(different <= 20, different + " px differ");
		final String manifest = Files.readString(sound.output().resolve("manifest.json"));
		assertTrue(manifest.contains("\"scaling\":\"unchanged\"") && manifest.contains("\"percentile\":92.0"), manifest);
		assertTrue(!manifest.contains(folder.toString()), "no place of the disk");
	}

	@Test
	void scaleAndDirectionAreFilesBesideTheVesselness() throws IOException {
		final FolderRun.Result result = run(FrangiVesselFilterFolder.class, sound.of(FrangiVesselFilterFolder.class,
			"withscale", true, "withdirection", true));
		assertEquals(3, result.done());
		final ImagePlus image = ImageFile.read(folder.resolve("images/1.png"));
		final CommandModule alone = bench.succeed(FrangiVesselFilter.class, "input", image, "withscale", true,
			"withdirection", true);
		TestImages.assertSamePixels((ImagePlus) alone.getOutput("output"), ImageFile.read(sound.output().resolve("1.tif")));
		for (final String name : List.of("scale", "direction"))
			TestImages.assertSamePixels((ImagePlus) alone.getOutput(name), ImageFile.read(sound.output().resolve("1-" + name +
				".tif")));
	}

	/** ImageJ writes a selection into its TIFF: it counts here as it does on an open image, and the manifest says so. */
	@Test
	void aSelectionInAFileLimitsItsResult() throws IOException {
		assertTrue(new FileSaver(TestImages.tree()).saveAsTiff(folder.resolve("tree.tif").toString()));
		for (final Class<? extends VasoMIMCommand> command : List.of(FrangiVesselFilterFolder.class,
			ExtractVascularAnatomyFolder.class, SegmentVesselsFolder.class))
		{
			final Path output = folder.resolve(command.getSimpleName());
			final Map<String, Object> inputs = sound.of(command, "input", folder.resolve("tree.tif").toFile());
			inputs.put("output", output.toFile());
			assertEquals(1, run(command, inputs).done());
			final String manifest = Files.readString(output.resolve("manifest.json"));
			assertTrue(manifest.contains("limited to the 2000 pixels of its selection"), manifest);
		}
	}

	@Test
	void stacksComeBackAsStacks() throws IOException {
		final ImagePlus stack = TestImages.hyperstack();
		ImageFile.writeTiff(folder.resolve("stack.tif"), stack);
		for (final Class<? extends VasoMIMCommand> command : List.of(FrangiVesselFilterFolder.class,
			ExtractVascularAnatomyFolder.class, SegmentVesselsFolder.class))
		{
			final Path output = folder.resolve(command.getSimpleName());
			final Map<String, Object> inputs = sound.of(command, "input", folder.resolve("stack.tif").toFile());
			inputs.put("output", output.toFile());
			assertEquals(1, run(command, inputs).done());
			final ImagePlus written = ImageFile.read(output.resolve("stack.tif"));
			assertArrayEquals(stack.getDimensions(), written.getDimensions());
			assertEquals(TestImages.space(stack), TestImages.space(written));
		}
	}

	@Test
	void aPixelThatIsNoNumberFailsItsFileAlone() throws IOException {
		ImageFile.writeTiff(folder.resolve("images/nan.tif"), TestImages.notANumber());
		for (final String name : List.of("FrangiVesselFilterFolder", "ExtractVascularAnatomyFolder",
			"PreviewCoGuidanceMaskFolder", "ReconstructMaskedAngiogramFolder", "SegmentVesselsFolder"))
		{
			final Map<String, Object> inputs = sound.of(command(name));
			inputs.put("output", folder.resolve(name).toFile());
			final FolderRun.Result result = run(command(name), inputs);
			assertEquals(List.of(3, 1), List.of(result.done(), result.failed()), name);
			final String reason = result.failures().get(0).reason();
			assertTrue(reason.contains("(3, 4)") && reason.contains("NaN"), reason);
		}
	}

	@ParameterizedTest
	@CsvSource({ "FrangiVesselFilterFolder, tif", "ExtractVascularAnatomyFolder, png", "PreviewCoGuidanceMaskFolder, png",
		"ReconstructMaskedAngiogramFolder, png", "SegmentVesselsFolder, png" })
	void aStoppedRunSaysWhatIsLeftAndGoesOn(final String name, final String ending) throws IOException {
		TinyAngiograms.write(folder, 40, 32);
		try (CommandBench stopping = new CommandBench(2)) {
			final CommandModule module = stopping.run(command(name), sound.of(command(name)));
			CommandBench.assertRefused(module, "Stopped: ", " files are left; run again to go on");
		}
		final Map<String, Integer> first = SoundInputs.listing(sound.output());
		final long whole = first.keySet().stream().filter(file -> file.matches("\\d+\\." + ending)).count();
		assertTrue(whole >= 2 && whole < 40, whole + " are done");
		assertTrue(first.keySet().stream().noneMatch(file -> file.contains("work") || file.endsWith(".tmp")), first
			.toString());
		final FolderRun.Result rest = run(command(name), sound.of(command(name)));
		assertEquals(List.of((int) (40 - whole), (int) whole, 0), List.of(rest.done(), rest.skipped(), rest.failed()));
	}

	@Test
	void syntheticAngiogramsStopBetweenTwo() throws IOException {
		try (CommandBench stopping = new CommandBench(2)) {
			CommandBench.assertRefused(stopping.run(SyntheticAngiogramFolder.class, sound.of(SyntheticAngiogramFolder.class,
				"count", 5)), "Stopped: 2 of 5 angiograms are written");
		}
		// Four folders, and in each of them two files.
		assertEquals(4 + 8 + 1, SoundInputs.listing(sound.output()).size());
	}

	private FolderRun.Result run(final Class<? extends VasoMIMCommand> command, final Map<String, Object> inputs) {
		final CommandModule module = bench.run(command, inputs);
		assertTrue(!module.isCanceled(), module.getCancelReason());
		return (FolderRun.Result) CommandBench.result(module);
	}

	private static Class<? extends VasoMIMCommand> command(final String name) {
		try {
			return Class.forName("sc.fiji.vasomim.command." + name).asSubclass(VasoMIMCommand.class);
		}
		catch (final ClassNotFoundException e) {
			throw new IllegalStateException(e);
		}
	}
}
