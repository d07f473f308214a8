package sc.fiji.vasomim.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import com.google.gson.Gson;

class DetectionEvaluationTest {

	private static final Box BOX = new Box(10, 20, 8, 10);

	private static final List<TrueBox> TRUTH = List.of(new TrueBox(BOX, 1));

	/** Rows of detections.json.gz: x, y, width, height, label; then crowd and ignored, or the score. */
	private record Image(double[][] truth, double[][] detections) {

		private List<TrueBox> boxes() {
			return Arrays.stream(truth).map(t -> new TrueBox(box(t), (int) t[4], t[5] == 1, t[6] == 1)).toList();
		}

		private List<Detection> found() {
			return Arrays.stream(detections).map(d -> new Detection(box(d), (int) d[4], d[5])).toList();
		}

		private static Box box(final double[] row) {
			return new Box(row[0], row[1], row[2], row[3]);
		}
	}

	private record Case(List<Image> images, double[] mean, Map<Integer, double[]> classes, List<double[]> single) {}

	/** 200 random cases, made by src/test/python/detection_metric_reference.py. */
	@Test
	void equalsPycocotools() throws IOException {
		final Case[] cases = cases();
		assertEquals(200, cases.length);
		for (final Case c : cases) {
			final DetectionEvaluation evaluation = new DetectionEvaluation();
			c.images.forEach(i -> evaluation.add(i.boxes(), i.found()));
			assertScores(c.mean, evaluation.mean());
			c.classes.forEach((label, expected) -> assertScores(expected, evaluation.classes().getOrDefault(label,
				DetectionScores.mean(List.of()))));
			for (int i = 0; i < c.images.size(); i++)
				assertScores(c.single.get(i), DetectionScores.of(c.images.get(i).boxes(), c.images.get(i).found()));
		}
	}

	private static Case[] cases() throws IOException {
		try (Reader in = new InputStreamReader(new GZIPInputStream(DetectionEvaluationTest.class.getResourceAsStream(
			"/metrics/detections.json.gz")), StandardCharsets.UTF_8))
		{
			return new Gson().fromJson(in, Case[].class);
		}
	}

	/** pycocotools has -1 where there is no truth. */
	private static void assertScores(final double[] expected, final DetectionScores actual) {
		final double[] values = { actual.map(), actual.map50(), actual.map75() };
		for (int i = 0; i < values.length; i++)
			assertEquals(expected[i] < 0 ? Double.NaN : expected[i], values[i], 1e-6);
	}

	/** Moved by an eighth of its width, the box overlaps by 7/9, which six of the ten thresholds allow. */
	@Test
	void oneBoxMoved() {
		final Detection moved = new Detection(new Box(11, 20, 8, 10), 1, 0.9);
		assertEquals(new DetectionScores(0.6, 1, 1), rounded(DetectionScores.of(TRUTH, List.of(moved))));
	}

	/** At all recalls the best precision still to come is 1/2. */
	@Test
	void oneFalseDetectionBeforeTheRightOne() {
		final List<Detection> found = List.of(new Detection(BOX, 1, 0.5), new Detection(new Box(50, 50, 5, 5), 1, 0.6));
		assertEquals(new DetectionScores(0.5, 0.5, 0.5), rounded(DetectionScores.of(TRUTH, found)));
	}

	/** Of two boxes one is found: precision 1 up to recall 0.5, which is 51 of 101 recalls. */
	@Test
	void oneOfTwoBoxesIsFound() {
		final List<TrueBox> two = List.of(new TrueBox(BOX, 1), new TrueBox(new Box(50, 50, 5, 5), 1));
		final double expected = Math.rint(51 / 101.0 * 1e9) / 1e9;
		assertEquals(new DetectionScores(expected, expected, expected), rounded(DetectionScores.of(two, List.of(
			new Detection(BOX, 1, 0.5)))));
	}

	/** The right one is the 101st by its score. */
	@Test
	void onlyAHundredDetectionsOfAClassCount() {
		final List<Detection> wrong = IntStream.range(0, 100).mapToObj(i -> new Detection(new Box(50, 50, 5, 5), 1, 0.6))
			.toList();
		final List<Detection> right = List.of(new Detection(BOX, 1, 0.5));
		assertEquals(0, DetectionScores.of(TRUTH, Stream.concat(wrong.stream(), right.stream()).toList()).map());
		assertTrue(DetectionScores.of(TRUTH, Stream.concat(wrong.stream().skip(1), right.stream()).toList()).map() > 0);
	}

	@Test
	void noTruthIsNoScore() {
		assertTrue(Double.isNaN(DetectionScores.of(List.of(), List.of(new Detection(BOX, 1, 0.5))).map()));
		assertEquals(0, DetectionScores.of(TRUTH, List.of()).map());
	}

	@Test
	void boxesWithoutAnAreaAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Box(0, 0, 0, 5));
		assertThrows(IllegalArgumentException.class, () -> new Box(0, Double.NaN, 5, 5));
		assertThrows(IllegalArgumentException.class, () -> new Detection(BOX, 1, Double.NaN));
	}

	private static DetectionScores rounded(final DetectionScores s) {
		return new DetectionScores(Math.rint(s.map() * 1e9) / 1e9, Math.rint(s.map50() * 1e9) / 1e9, Math.rint(s.map75() *
			1e9) / 1e9);
	}
}
