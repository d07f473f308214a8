package sc.fiji.vasomim.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.dataset.AngiogramFolder;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.dataset.Labels;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.Sample;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Precision;

/** Three images of a line of 5 px each, 64, 68 and 72 px wide. */
class EvaluatorTest {

	private static final List<String> VESSEL = List.of("vessel");

	@TempDir
	private Path folder;

	private final List<String> log = new ArrayList<>();

	private LabelledImages data;

	@BeforeEach
	void write() throws IOException {
		TinyAngiograms.write(folder, 3, 64);
		data = new LabelledImages(AngiogramFolder.pairs(folder.resolve("images"), folder.resolve("masks")), VESSEL);
	}

	@Test
	void eachImageIsJudged() throws IOException {
		final Evaluation evaluation = run(data, new SavedPredictions(replace(data, 1, (width, height) -> new byte[width *
			height])));
		assertEquals(List.of("0.png", "1.png", "2.png"), evaluation.images().stream().map(ImageScores::image).toList());
		assertEquals(List.of(1., 0., 1.), evaluation.images().stream().map(image -> image.scores().get("vessel").dice())
			.toList());
		assertEquals(List.of(), log);
	}

	@Test
	void anEmptyTruthCountsAndIsTold() throws IOException {
		final LabelledImages two = replace(replace(data, 0, EvaluatorTest::nothing), 2, EvaluatorTest::nothing);
		final Evaluation evaluation = run(two, new SavedPredictions(replace(data, 0, EvaluatorTest::nothing)));
		assertEquals(List.of(1., 1., 0.), evaluation.images().stream().map(image -> image.scores().get("vessel").dice())
			.toList());
		assertEquals(List.of("2 images have an empty truth (they score 1 where the prediction is empty too, else 0): 0.png, " +
			"2.png"), log);
	}

	@Test
	void whatDoesNotFitIsNamed() {
		assertEquals("predictions: 2.png: there is none. Predict this image too, or take it out of the data set.", refusal(
			data, new LabelledImages(data.samples().subList(0, 2), VESSEL)));
		final LabelledImages small = new LabelledImages(List.of(data.samples().get(0), new Sample("1.png", data.samples().get(1)
			.image(), data.samples().get(0).labels()), data.samples().get(2)), VESSEL);
		assertTrue(refusal(data, small).startsWith("predictions: 1.png: "), refusal(data, small));
		assertTrue(refusal(data, small).contains("is 64 x 64 px, but its image 68 x 64"), refusal(data, small));
		assertTrue(refusal(small, data).startsWith("truth: 1.png: "), refusal(small, data));
		assertTrue(refusal(data, replace(data, 1, (width, height) -> one(width, height, 7))).startsWith(
			"predictions: labels of one class must be 0 or 255, but 1.png has 7. "));
	}

	private String refusal(final LabelledImages truth, final LabelledImages predictions) {
		return assertThrows(IllegalArgumentException.class, () -> run(truth, new SavedPredictions(predictions))).getMessage();
	}

	@Test
	void aStopGivesNoHalfResult() {
		final Progress stopped = new Progress() {

			private boolean canceled;

			@Override
			public void report(final long done, final long total, final String message) {
				canceled = done == 2;
			}

			@Override
			public boolean isCanceled() {
				return canceled;
			}
		};
		assertEquals("after 2 of 3 images", assertThrows(CancellationException.class, () -> Evaluator.run(data,
			new SavedPredictions(data), stopped, log::add)).getMessage());
	}

	/** Two ways to one number: the quick score of training, and the table's first row. */
	@ParameterizedTest
	@CsvSource({ "vessel, 5", "left right, 6" })
	void validationIsTheEvaluationsFirstRow(final String names, final long seed) throws IOException {
		final List<String> classes = List.of(names.split(" "));
		final LabelledImages truth = classes.size() == 1 ? data : new LabelledImages(data.samples().stream().map(
			sample -> new Sample(sample.name(), sample.image(), new TinyAngiograms.Sides(sample.labels()))).toList(), classes);
		try (Weights weights = Weights.initialise(new UNet(List.of(4, 8), classes, 32), seed, Device.cpu());
				Segmenter segmenter = new Segmenter(weights, Precision.FLOAT32);
				PixelCache cache = PixelCache.open(folder.resolve("cache"), truth.samples(), rule(), Progress.NONE, log::add))
		{
			final double expected = run(truth, new ModelPredictions(segmenter, rule(), 0.5)).summary().get(0).mean()
				.dice();
			assertTrue(expected > 0 && expected < 1, "says something: " + expected);
			assertEquals(expected, Validation.dice(segmenter, cache, Progress.NONE), 1e-12);
		}
	}

	@Test
	void filesHoldEveryDigitAndNoPath() throws IOException {
		final LabelledImages quoted = new LabelledImages(List.of(new Sample("a,\"b\".png", data.samples().get(0).image(),
			EvaluatorTest.of((width, height) -> one(width, height, 255)))), VESSEL);
		final Evaluation evaluation = run(quoted, (sample, image) -> ArrayImgs.unsignedBytes(three(image
			.getWidth(), image.getHeight()), image.getWidth(), image.getHeight()));
		ScoreFiles.write(folder.resolve("out"), evaluation, new Provenance(Map.of("predictions", "files"), Map.of(), null,
			null));
		// One true pixel of three in a row: Dice 2/4, IoU and precision 1/3, recall 1; the skeleton of three is all three.
		final String scores = "0.5,0.3333333333333333,0.3333333333333333,1.0,0.5,0.3333333333333333,1.0";
		assertEquals("image,class,dice,iou,precision,recall,cldice,topologyprecision,topologysensitivity\r\n" +
			"\"a,\"\"b\"\".png\",vessel," + scores + "\r\n", Files.readString(folder.resolve("out/scores.csv")));
		assertEquals("class,images,dice,iou,precision,recall,cldice,topologyprecision,topologysensitivity," +
			"dicestd,ioustd,precisionstd,recallstd,cldicestd,topologyprecisionstd,topologysensitivitystd\r\nvessel,1," + scores +
			",NaN".repeat(7) + "\r\n", Files.readString(folder.resolve("out/summary.csv")));
		assertTrue(Files.readString(folder.resolve("out/evaluation.json")).contains("\"predictions\": \"files\""));
	}

	private Evaluation run(final LabelledImages truth, final Predictions predictions) throws IOException {
		return Evaluator.run(truth, predictions, Progress.NONE, log::add);
	}

	private static IntensityRule rule() {
		return new IntensityRule(IntensityRule.Polarity.DARK);
	}

	/** Draws labels for an image of a size. */
	private interface Drawing {

		byte[] draw(int width, int height) throws IOException;
	}

	private static byte[] nothing(final int width, final int height) {
		return new byte[width * height];
	}

	private static byte[] one(final int width, final int height, final int label) {
		final byte[] labels = new byte[width * height];
		labels[10 * width + 10] = (byte) label;
		return labels;
	}

	private static byte[] three(final int width, final int height) {
		final byte[] labels = new byte[width * height];
		for (int x = 9; x < 12; x++)
			labels[10 * width + x] = (byte) 255;
		return labels;
	}

	private static Labels of(final Drawing drawing) {
		return new Labels() {

			@Override
			public byte[] read(final int width, final int height) throws IOException {
				return drawing.draw(width, height);
			}

			@Override
			public String version() {
				return "drawn";
			}
		};
	}

	private static LabelledImages replace(final LabelledImages data, final int index, final Drawing drawing) {
		final List<Sample> samples = new ArrayList<>(data.samples());
		samples.set(index, new Sample(samples.get(index).name(), samples.get(index).image(), of(drawing)));
		return new LabelledImages(samples, data.classes());
	}
}
