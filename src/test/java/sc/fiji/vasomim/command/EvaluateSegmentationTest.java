package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;

import sc.fiji.vasomim.evaluation.EvaluationResult;
import sc.fiji.vasomim.evaluation.ImageScores;
import sc.fiji.vasomim.evaluation.ScoreSummary;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.metrics.MaskScores;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Weights;

/** On three images, 64, 68 and 72 px wide and 64 px high, of a vertical line 5 px wide. */
class EvaluateSegmentationTest {

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

	@Test
	void predictionsInFilesAreScored() throws IOException {
		predict(0, 64, 64, 0);
		predict(1, 68, 64, 255);
		Files.copy(folder.resolve("masks/2.png"), folder.resolve("predictions/2.png"));
		final ScoreSummary vessel = evaluate("model", null, "predictions", predictions(), "precision", "auto").summary().get(0);
		// Nothing: 0. All: 2 * 5 / (5 + 68). The truth itself: 1.
		assertEquals((0 + 10. / 73 + 1) / 3, vessel.mean().dice(), 1e-12);
		assertEquals((0 + 1. + 1) / 3, vessel.mean().recall(), 1e-12);
		final List<String> rows = Files.readAllLines(sound.output().resolve("scores.csv"));
		assertEquals(4, rows.size());
		assertTrue(rows.get(1).startsWith("0.png,vessel,0.0,"), rows.get(1));
		final String how = Files.readString(sound.output().resolve("evaluation.json"));
		assertTrue(how.contains("\"predictions\": \"files\"") && !how.contains(folder.toString()), how);
	}

	/** An untrained network says vessel with some probability everywhere: below any at 0, above all at 1. */
	@Test
	void theThresholdDecidesWhatAModelFinds() throws IOException {
		final ScoreSummary all = evaluate("threshold", 0.0).summary().get(0);
		assertEquals(1, all.mean().recall());
		assertEquals((5. / 64 + 5. / 68 + 5. / 72) / 3, all.mean().precision(), 1e-12);
		assertEquals(0, evaluate("threshold", 1.0).summary().get(0).mean().dice());
		final String how = Files.readString(sound.output().resolve("evaluation.json"));
		for (final String word : new String[] { "\"threshold\": 1.0", "model sha256", "\"device\": \"cpu\"" })
			assertTrue(how.contains(word), how);
	}

	@Test
	void anEmptyTruthIsToldAndCounts() throws IOException {
		ImageFile.writePng(folder.resolve("masks/1.png"), new ByteProcessor(68, 64));
		assertEquals(3, evaluate("threshold", 0.0).images());
		assertEquals(List.of("3 images do not look like angiograms: 0.png, 1.png, 2.png",
			"1 images have an empty truth (they score 1 where the prediction is empty too, else 0): 1.png"), bench.warnings());
	}

	@Test
	void whatDoesNotFitIsRefusedAndNothingIsWritten() throws IOException {
		assertRefused(Map.of("predictions", predictions()), "model: give either predictions or a model, but both are given");
		predict(0, 64, 64, 0);
		predict(1, 60, 64, 0);
		assertRefused(ofFiles(), "predictions: ", "1 images have no label image", "2.png");
		predict(2, 72, 64, 0);
		assertRefused(ofFiles(), "predictions: 1.png: ", "is 60 x 64 px, but its image 68 x 64");
		ImageFile.writePng(folder.resolve("masks/0.png"), new ByteProcessor(60, 64));
		assertRefused(ofFiles(), "truth: 0.png: ", "is 60 x 64 px, but its image 64 x 64");
		Files.delete(folder.resolve("masks/0.png"));
		assertRefused(ofFiles(), "truth: ", "1 images have no label image", "0.png");
		assertRefused(Map.of("truth", folder.resolve("nowhere").toFile()), "truth: ", "nowhere", "Check the path");
	}

	@Test
	void aModelOfOtherClassesIsRefused() throws IOException {
		final Path several = folder.resolve("several.safetensors");
		try (Weights weights = Weights.initialise(new UNet(List.of(4, 8), List.of("left", "right"), 32), 1, Device.cpu())) {
			ModelFile.write(several, weights, "of a test");
		}
		assertRefused(Map.of("model", several.toFile(), "threshold", 0.25),
			"threshold: was set, but the model tells apart 2 classes, of which the most likely counts. Leave it out.");
		assertRefused(Map.of("model", several.toFile()), "truth: ", "has the label 255", "there are classes for 1..2 only");
		assertRefused(Map.of("model", several.toFile(), "join", "vessel"),
			"model: must tell apart 1 classes, those of the truth, [vessel], but tells apart 2");
	}

	/** One name of the wrong thing, the user's, and what is wrong with it. */
	@Test
	void refusalsNameTheKeyOnce() throws IOException {
		final Path nowhere = folder.resolve("nowhere");
		final String labels = ": must be an existing folder or a .json file of COCO annotations, but was " + nowhere +
			". Check the path.";
		assertEquals("truth" + labels, refusal(EvaluateSegmentation.class, "truth", nowhere.toFile()));
		assertEquals("labels" + labels, refusal(FineTuneSegmentation.class, "labels", nowhere.toFile()));
		assertEquals("vallabels" + labels, refusal(FineTuneSegmentation.class, "valimages", sound.of(
			FineTuneSegmentation.class).get("images"), "vallabels", nowhere.toFile()));
		assertEquals("valimages: must be an existing folder, but was " + nowhere + ". Check the path.", refusal(
			FineTuneSegmentation.class, "valimages", nowhere.toFile(), "vallabels", folder.resolve("masks").toFile()));
		ImageFile.writePng(folder.resolve("masks/0.png"), new ByteProcessor(60, 64));
		final String size = folder.resolve("masks/0.png") + " is 60 x 64 px, but its image 64 x 64. Make the masks again " +
			"from these images.";
		assertEquals("truth: 0.png: " + size, refusal(EvaluateSegmentation.class, "model", sound.vessels().toFile()));
		assertEquals("labels: " + size, refusal(FineTuneSegmentation.class, "labels", folder.resolve("masks").toFile()));
	}

	private String refusal(final Class<? extends VasoMIMCommand> command, final String key, final Object value,
		final Object... more)
	{
		return bench.run(command, sound.of(command, key, value, more)).getCancelReason();
	}

	@Test
	void whatIsForModelsIsRefusedWithPredictions() {
		for (final Map.Entry<String, Object> set : Map.<String, Object>of("threshold", 0.25, "vessels", "bright", "precision",
			"float32").entrySet())
		{
			final Map<String, Object> inputs = ofFiles();
			inputs.put(set.getKey(), set.getValue());
			assertRefused(inputs, set.getKey() + ": was set, but is for models only, and predictions are given. Leave it out.");
		}
	}

	/** Of a training of several seeds, for example. */
	@Test
	void tablesOfOthersAreNotReplaced() throws IOException {
		Files.createDirectories(sound.output());
		Files.writeString(sound.output().resolve("summary.csv"), "over seeds");
		final String reason = refusal(EvaluateSegmentation.class, "model", sound.vessels().toFile());
		assertEquals("output: " + sound.output() + " holds a summary.csv that is no evaluation's. Choose another folder.",
			reason);
		assertEquals("over seeds", Files.readString(sound.output().resolve("summary.csv")));
		Files.delete(sound.output().resolve("summary.csv"));
		evaluate("threshold", 0.5);
		evaluate("threshold", 0.5);
	}

	@Test
	void tablesSayTheUnitAndKeepStatisticsApart() {
		final MaskScores scores = new MaskScores(.5, .25, .125, 1, 0, .75, .625);
		final ResultsTable images = ScoreTables.images(List.of(new ImageScores("a.png", Map.of("vessel", scores))));
		assertEquals("a.png vessel", images.getStringValue("image", 0) + " " + images.getStringValue("class", 0));
		assertEquals(.5, images.getValue("dice (0-1)", 0));
		assertEquals(.625, images.getValue("topologysensitivity (0-1)", 0));
		final ResultsTable summary = ScoreTables.summary(List.of(new ScoreSummary("vessel", 7, scores, scores)));
		assertEquals(2, summary.size());
		assertEquals("mean std", summary.getStringValue("statistic", 0) + " " + summary.getStringValue("statistic", 1));
		assertEquals(7, summary.getValue("images", 1));
		assertEquals(.25, summary.getValue("iou (0-1)", 1));
	}

	private File predictions() {
		return folder.resolve("predictions").toFile();
	}

	private Map<String, Object> ofFiles() {
		final Map<String, Object> inputs = new HashMap<>();
		inputs.put("model", null);
		inputs.put("predictions", predictions());
		inputs.put("precision", "auto");
		return inputs;
	}

	private void predict(final int image, final int width, final int height, final int value) throws IOException {
		final ByteProcessor prediction = new ByteProcessor(width, height);
		prediction.set(value);
		ImageFile.writePng(folder.resolve("predictions/" + image + ".png"), prediction);
	}

	private EvaluationResult evaluate(final String key, final Object value, final Object... more) {
		final var module = bench.run(EvaluateSegmentation.class, sound.of(EvaluateSegmentation.class, key, value, more));
		assertFalse(module.isCanceled(), module.getCancelReason());
		return (EvaluationResult) CommandBench.result(module);
	}

	private void assertRefused(final Map<String, Object> changes, final String... words) {
		final Map<String, Object> inputs = sound.of(EvaluateSegmentation.class);
		inputs.putAll(changes);
		CommandBench.assertRefused(bench.run(EvaluateSegmentation.class, inputs), words);
		assertEquals(Map.of(), SoundInputs.listing(sound.output()), "left in the output");
	}
}
