package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import ij.process.ByteProcessor;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.RoiFile;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;
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
		"batch | 3 | batch: must lie in 1..2" })
	void badSettingsAreNamed(final String key, final double value, final String words) {
		assertRefused(FineTuneDetection.class, words, key, key.equals("holdout") ? (Object) value : (Object) (int) value);
		assertFalse(Files.exists(sound.output().resolve("seed-0")));
	}

	/** Nothing is decoded before: the images are none. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "holdout | 1 | holdout: must be more than 0", "seeds | 0 | seeds: must be 1 or more",
		"batch | 4 | batch: must lie in 1..3",
		"frozen | true | frozen: an encoder that is drawn at random", "droppath | 1 | droppath: must be 0 or more and less than 1" })
	void whatIsWrongIsSaidBeforeImagesAreRead(final String key, final String value, final String words) throws IOException {
		Files.writeString(folder.resolve("images/0.png"), "damaged");
		final Object typed = key.equals("frozen") ? (Object) true : key.equals("seeds") || key.equals("batch") ? (Object) Integer
			.parseInt(value) : (Object) Double
			.parseDouble(value);
		assertRefused(FineTuneDetection.class, words, key, typed);
	}

	@Test
	void theRunOfAnotherSeedsFolderIsNamedBeforeImagesAreRead() throws IOException {
		bench.succeed(FineTuneDetection.class, flat(sound.of(FineTuneDetection.class, "epochs", 1, "seed", 4L)));
		Files.writeString(folder.resolve("images/0.png"), "damaged");
		assertRefused(FineTuneDetection.class, "output: " + sound.output().resolve("seed-4") +
			" holds a run with other settings (settings.epochs was 1, now 2", "seed", 3L, "seeds", 2);
		assertRefused(FineTuneDetection.class, "Cannot read ", "epochs", 1, "seed", 4L);
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

	/** Two channels, slices and frames of one image: frames are linked, neither channels nor slices are. */
	@Test
	void runsOfAHyperstackAreLinkedEachByItself() throws IOException {
		final ImageStack stack = new ImageStack();
		for (int i = 0; i < 2 * 3 * 4; i++)
			stack.addSlice(ImageFile.read(folder.resolve("images/0.png")).getProcessor());
		final ImagePlus run = new ImagePlus("run", stack);
		run.setDimensions(2, 3, 4);
		run.setOpenAsHyperStack(true);
		final DetectStenosis.Result result = (DetectStenosis.Result) CommandBench.result(bench.run(DetectStenosis.class, sound
			.of(DetectStenosis.class, "input", run, "leastscore", 0.2)));
		final long once = result.rows().stream().filter(row -> row.frame() == 1).count();
		assertTrue(once > 0);
		assertEquals(24 * once, result.rows().size());
		assertEquals(6 * once, result.lesions());
		final Roi[] rois = run.getOverlay().toArray();
		for (int i = 0; i < rois.length; i++)
			assertArrayEquals(run.convertIndexToPosition(result.rows().get(i).frame()), new int[] { rois[i].getCPosition(), rois[i]
				.getZPosition(), rois[i].getTPosition() });
	}

	/** The y axis of an inverted image begins at its lower edge: the box's top edge, 16 px below the image's, is at 64 - 16. */
	@Test
	void edgesAreMeasuredFromTheOriginOfTheAxes() {
		final ImagePlus image = new ImagePlus("a", new ByteProcessor(80, 64));
		final Detection found = new Detection(new Box(20, 16, 18, 24), 1, 0.5);
		image.getCalibration().setInvertY(true);
		assertEquals(48, BoxRow.of(image, 0, 1, "stenosis", found).y());
		image.getCalibration().yOrigin = 60;
		assertEquals(44, BoxRow.of(image, 0, 1, "stenosis", found).y());
		image.getCalibration().setInvertY(false);
		image.getCalibration().yOrigin = 0;
		image.getCalibration().pixelHeight = 0.5;
		assertEquals(8, BoxRow.of(image, 0, 1, "stenosis", found).y());
	}

	@Test
	void anOverlayKeepsItsOwnSettings() {
		final ImagePlus image = new ImagePlus("a", new ByteProcessor(80, 64));
		final Overlay before = new Overlay(new Roi(1, 1, 2, 2));
		before.drawLabels(true);
		before.drawNames(true);
		before.setLabelColor(Color.RED);
		image.setOverlay(before);
		final Detection found = new Detection(new Box(20, 16, 18, 24), 1, 0.5);
		for (int i = 0; i < 2; i++)
			BoxRois.show(image, List.of(BoxRois.of(image, 0, 1, "stenosis", found)));
		assertEquals(2, image.getOverlay().size());
		assertTrue(image.getOverlay().getDrawLabels() && image.getOverlay().getDrawNames());
		assertEquals(Color.RED, image.getOverlay().getLabelColor());
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
			assertEquals(found, RoiFile.read(sound.output().resolve(i + ".zip")).size());
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

	/** Whether a model finds its boxes now or found them before makes no difference; a folder leaves them so. */
	@Test
	void boxesThatWereSavedAreJudgedAsTheirModelIs() throws IOException {
		bench.succeed(DetectStenosisFolder.class, flat(sound.of(DetectStenosisFolder.class, "leastscore", 0.05)));
		final EvaluateDetection.Result ofModel = evaluate("output", folder.resolve("model").toFile());
		final EvaluateDetection.Result ofFiles = evaluate("model", null, "precision", "auto", "predictions", sound.output().toFile(), "output", folder
			.resolve("files").toFile());
		assertEquals(3, ofFiles.images());
		assertEquals(ofModel.summary().get(0).detections(), ofFiles.summary().get(0).detections());
		assertEquals(ofModel.summary().get(0).map(), ofFiles.summary().get(0).map(), 1e-3, "scores have four digits");
		final String how = Files.readString(folder.resolve("model/evaluation.json"));
		assertTrue(how.contains("\"leastScore\": 0.05") && how.contains("\"precision\": \"float32\"") && how.contains(
			"\"data\": \""), how);
	}

	/** What is drawn is found to the pixel: an average precision of 1, whatever the form. */
	@Test
	void theTruthItselfIsAPerfectPrediction() throws IOException {
		for (int i = 0; i < 3; i++) {
			final Roi roi = new Roi(20, 16, 18, 24);
			roi.setName("stenosis-1");
			RoiFile.writeZip(folder.resolve("drawn/" + i + ".zip"), List.of(roi));
		}
		assertEquals(1, evaluate("model", null, "precision", "auto", "predictions", folder.resolve("drawn").toFile()).summary().get(0).map(), 1e-9);
		assertTrue(bench.warnings().contains("predictions: no box has a score below 1.0, but average precision is meant of all " +
			"that was found, of scores down to 0.05: it comes out too low"), bench.warnings().toString());
		Files.writeString(folder.resolve("results.json"), "[" + result(0, "20, 16, 18, 24", 0.3) + "," + result(1,
			"20, 16, 18, 24", 0.2) + "," + result(2, "20, 16, 18, 24", 0.9) + "," + result(2, "1, 1, 9, 9", 0.1) + "]");
		final EvaluateDetection.Result coco = evaluate("model", null, "precision", "auto", "predictions", folder.resolve("results.json").toFile());
		assertEquals(1, coco.summary().get(0).map(), 1e-9);
		assertEquals(4, coco.summary().get(0).detections());
	}

	private static String result(final int image, final String box, final double score) {
		return "{\"image_id\": " + image + ", \"category_id\": 26, \"bbox\": [" + box + "], \"score\": " + score + "}";
	}

	private EvaluateDetection.Result evaluate(final Object... inputs) {
		return (EvaluateDetection.Result) CommandBench.result(bench.succeed(EvaluateDetection.class, flat(sound.of(
			EvaluateDetection.class, (String) inputs[0], inputs[1], Arrays.copyOfRange(inputs, 2, inputs.length)))));
	}

	@Test
	void predictionsThatCannotBeJudgedAreNamed() throws IOException {
		assertRefused(EvaluateDetection.class, "model: give either predictions or a model, but neither", "model", null);
		final Object drawn = Files.createDirectories(folder.resolve("drawn")).toFile();
		assertRefused(EvaluateDetection.class, "model: give either predictions or a model, but both", "predictions", drawn);
		assertRefused(EvaluateDetection.class, "vessels: was set, but is for models only", "predictions", drawn, "model", null,
			"vessels", "dark", "precision", "auto");
		assertRefused(EvaluateDetection.class, "precision: was set, but is for models only", "predictions", drawn, "model", null);
		assertJudged("holds no ROI files (.roi or .zip). Check the path.", drawn);
		RoiFile.writeZip(folder.resolve("drawn/1.zip"), List.of());
		assertJudged("predictions: 2 images have no ROI file", drawn);
		for (int i = 0; i < 3; i++)
			RoiFile.writeZip(folder.resolve("drawn/" + i + ".zip"), List.of());
		assertTrue(bench.run(EvaluateDetection.class, sound.of(EvaluateDetection.class, "predictions", drawn, "model", null,
			"precision", "auto")).getCancelReason() == null, "nothing found is an answer");
		final Roi roi = new Roi(20, 16, 18, 24);
		roi.setName("stenosis-1");
		roi.setProperty("score", "1.5");
		RoiFile.writeZip(folder.resolve("drawn/1.zip"), List.of(roi));
		assertJudged("the ROI stenosis-1 has the score 1.5, which must be a number of 0..1", drawn);
		roi.setName("stent-1");
		RoiFile.writeZip(folder.resolve("drawn/1.zip"), List.of(roi));
		assertJudged("has none of the classes [stenosis], but [stent]", drawn);
		final Object results = folder.resolve("results.json").toFile();
		Files.writeString(folder.resolve("results.json"), "[" + result(7, "1, 2, 3, 4", 0.5) + "]");
		assertJudged("result 1: there is no image of its id", results);
		Files.writeString(folder.resolve("results.json"), "[" + result(1, "1, 2, 3, 4", 2) + "]");
		assertJudged("result 1: \"score\" must be a number of 0..1", results);
		Files.writeString(folder.resolve("results.json"), "[" + result(1, "1, 2, 0, 4", 0.5) + "]");
		assertJudged("result 1: box: ", results);
	}

	private void assertJudged(final String words, final Object predictions) {
		final String reason = bench.run(EvaluateDetection.class, sound.of(EvaluateDetection.class, "predictions", predictions,
			"model", null, "precision", "auto")).getCancelReason();
		assertTrue(reason != null && reason.contains(words), reason);
	}

	@Test
	void theScoresOfSeedsAreNotReplaced() throws IOException {
		Files.createDirectories(sound.output());
		Files.writeString(sound.output().resolve("summary.csv"), "run,map");
		assertRefused(EvaluateDetection.class, "output: " + sound.output() + " holds a summary.csv that is no evaluation's",
			"vessels", "auto");
		assertEquals("run,map", Files.readString(sound.output().resolve("summary.csv")));
	}

	/** Found, saved, one removed by hand: the rest can be trained on. */
	@Test
	void correctedBoxesCanBeTrainedOn() throws IOException {
		bench.succeed(DetectStenosisFolder.class, flat(sound.of(DetectStenosisFolder.class, "leastscore", 0.2)));
		RoiFile.writeZip(sound.output().resolve("2.zip"), List.of());
		bench.succeed(FineTuneDetection.class, flat(sound.of(FineTuneDetection.class, "boxes", sound.output().toFile(), "output",
			folder.resolve("trained").toFile())));
		assertTrue(Files.isRegularFile(folder.resolve("trained/seed-0/model.safetensors")));
	}

	@Test
	void modelsOfOtherKindsAndOfOtherClassesAreNamed() throws IOException {
		assertRefused(DetectStenosis.class, "model: ", "model", sound.vessels().toFile());
		Files.writeString(sound.boxes(), Files.readString(sound.boxes()).replace("stenosis", "stent"));
		assertRefused(EvaluateDetection.class, "boxes: " + sound.boxes() + " has none of the classes [stenosis]", "vessels",
			"dark");
	}
}
