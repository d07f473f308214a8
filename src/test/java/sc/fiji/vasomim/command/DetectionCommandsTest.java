package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.training.DetectionRunsResult;

/** Training, detection and evaluation, on three images of 64 px with one box each. */
class DetectionCommandsTest {

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

	private void assertRefused(final Class<? extends VasoMIMCommand> command, final String words, final String key,
		final Object value, final Object... more)
	{
		CommandBench.assertRefused(bench.run(command, sound.of(command, key, value, more)), words);
	}

	@Test
	void aThirdOfTheImagesIsHeldOutAndChoosesTheModel() throws IOException {
		final DetectionRunsResult result = (DetectionRunsResult) CommandBench.result(bench.run(FineTuneDetection.class, sound
			.of(FineTuneDetection.class, "seeds", 2, "size", 64)));
		assertEquals(2, result.runs().size());
		assertEquals(4, result.runs().get(0).steps(), "two epochs of two images");
		assertTrue(bench.warnings().contains("1 of 3 images are held out for validation; their names tell no patients"), bench
			.warnings().toString());
		for (final String file : List.of("seed-0/model.safetensors", "seed-1/scores.csv", "seed-0/summary.csv"))
			assertTrue(Files.isRegularFile(sound.output().resolve(file)), file);
		final List<String> summary = Files.readAllLines(sound.output().resolve("summary.csv"));
		assertEquals("run,map,map50,map75", summary.get(0));
		assertEquals(List.of("seed 0", "seed 1", "mean", "std"), summary.subList(1, 5).stream().map(line -> line.split(
			",")[0]).toList());
	}

	@Test
	void aStoppedRunGoesOnToTheSameModel() throws IOException {
		bench.succeed(FineTuneDetection.class, flat(sound.of(FineTuneDetection.class, "output", folder.resolve("straight")
			.toFile())));
		// Three reports of decoding, then two steps.
		try (CommandBench stopping = new CommandBench(5)) {
			CommandBench.assertRefused(stopping.run(FineTuneDetection.class, sound.of(FineTuneDetection.class)), "Stopped: saved");
		}
		assertFalse(Files.exists(sound.output().resolve("seed-0/model.safetensors")));
		bench.succeed(FineTuneDetection.class, flat(sound.of(FineTuneDetection.class)));
		assertArrayEquals(Files.readAllBytes(folder.resolve("straight/seed-0/model.safetensors")), Files.readAllBytes(sound
			.output().resolve("seed-0/model.safetensors")));
	}

	private static Object[] flat(final java.util.Map<String, Object> inputs) {
		return inputs.entrySet().stream().flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue())).toArray();
	}

	@Test
	void imagesThatAreValidatedOnAreNotTrainedOn() {
		final Object images = folder.resolve("images").toFile(), boxes = sound.boxes().toFile();
		assertRefused(FineTuneDetection.class, "valimages: 3 of 3 images are also among the training images", "valimages",
			images, "valboxes", boxes);
		assertRefused(FineTuneDetection.class, "valimages: all training images are also", "valimages", images, "valboxes",
			boxes, "twins", "drop");
		assertRefused(FineTuneDetection.class, "valboxes: give validation images and their boxes, or neither", "valimages",
			images);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "holdout | 0 | holdout: must be more than 0", "size | 100 | size: must be a multiple of 32",
		"batch | 9 | batch: must lie in 1..2" })
	void badSettingsAreNamed(final String key, final double value, final String words) {
		assertRefused(FineTuneDetection.class, words, key, key.equals("holdout") ? (Object) value : (Object) (int) value);
		assertFalse(Files.exists(sound.output().resolve("seed-0")));
	}

	@Test
	void aStartOfAnotherKindIsNamed() {
		assertRefused(FineTuneDetection.class, "start: the encoder in", "start", sound.model().toFile());
	}

	/** The untrained network takes anything for anything with a probability of a half. */
	@Test
	void boxesLieOverEachFrameInTheUnitsOfTheImage() throws IOException {
		final ImageStack stack = new ImageStack();
		for (int i = 0; i < 3; i++)
			stack.addSlice(ImageFile.read(folder.resolve("images/0.png")).getProcessor());
		final ImagePlus run = new ImagePlus("run", stack);
		run.setDimensions(1, 1, 3);
		run.getCalibration().pixelWidth = run.getCalibration().pixelHeight = 0.5;
		run.getCalibration().setUnit("mm");
		run.setRoi(2, 2, 9, 9);
		run.setOverlay(new Overlay(new Roi(1, 1, 2, 2)));
		final DetectStenosis.Result result = (DetectStenosis.Result) CommandBench.result(bench.run(DetectStenosis.class, sound
			.of(DetectStenosis.class, "input", run, "leastscore", 0.2)));
		assertTrue(result.rows().size() >= 3 && result.rows().size() % 3 == 0, "equal frames: " + result);
		assertEquals(result.rows().size() / 3, result.lesions(), "equal frames are linked");
		assertTrue(bench.warnings().contains("run: its selection changes nothing; the whole image is searched"), bench.warnings()
			.toString());
		final Roi[] rois = run.getOverlay().toArray();
		assertEquals(1 + result.rows().size(), rois.length, "the first was there before");
		for (int i = 0; i < result.rows().size(); i++) {
			final BoxRow row = result.rows().get(i);
			final Roi roi = rois[i + 1];
			assertEquals("stenosis-" + row.lesion(), roi.getName());
			assertEquals(row.frame(), roi.getPosition());
			assertEquals("mm", row.unit());
			assertEquals(roi.getFloatBounds().getX(), 2 * row.x(), 1e-3);
			assertEquals(roi.getFloatBounds().getHeight(), 2 * row.height(), 1e-3);
		}
		bench.succeed(DetectStenosis.class, flat(sound.of(DetectStenosis.class, "input", run, "leastscore", 0.99)));
		assertEquals(1, run.getOverlay().size(), "boxes of an earlier run are replaced");
		assertTrue(bench.warnings().contains("run: nothing of a score above 0.99 was found"), bench.warnings().toString());
	}

	@Test
	void aFolderHasImagesAndTables() throws IOException {
		bench.succeed(DetectStenosisFolder.class, flat(sound.of(DetectStenosisFolder.class, "leastscore", 0.2)));
		final List<String> all = Files.readAllLines(sound.output().resolve("boxes.csv"));
		assertEquals("image,frame,lesion,class,x,y,width,height,unit,score", all.get(0));
		int rows = 0;
		for (int i = 0; i < 3; i++) {
			final int found = Files.readAllLines(sound.output().resolve(i + "-boxes.csv")).size() - 1;
			assertEquals(found, ImageFile.read(sound.output().resolve(i + ".tif")).getOverlay().size());
			rows += found;
		}
		assertTrue(rows > 0);
		assertEquals(rows, all.size() - 1);
	}

	@Test
	void anEvaluationJudgesEveryImage() throws IOException {
		final EvaluateDetection.Result result = (EvaluateDetection.Result) CommandBench.result(bench.run(
			EvaluateDetection.class, sound.of(EvaluateDetection.class)));
		assertEquals(3, result.images());
		assertEquals(3, result.summary().get(0).boxes());
		final double map50 = result.summary().get(0).map50();
		assertTrue(map50 >= 0 && map50 <= 1, result.toString());
		assertTrue(Files.readAllLines(sound.output().resolve("scores.csv")).size() >= 4);
	}

	@Test
	void modelsOfOtherKindsAndOfOtherClassesAreNamed() throws IOException {
		assertRefused(DetectStenosis.class, "model: ", "model", sound.vessels().toFile());
		Files.writeString(sound.boxes(), Files.readString(sound.boxes()).replace("stenosis", "stent"));
		assertRefused(EvaluateDetection.class, "boxes: " + sound.boxes() + " has none of the classes [stenosis]", "vessels",
			"dark");
	}
}
