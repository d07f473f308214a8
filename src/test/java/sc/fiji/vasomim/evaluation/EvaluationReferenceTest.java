package sc.fiji.vasomim.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import com.google.gson.Gson;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.metrics.MaskScores;

/** Drawn truth of ARCADE against numpy and scikit-image: src/test/python/evaluation_reference.py. */
class EvaluationReferenceTest {

	private static final double TOLERANCE = 1e-12;

	private record Expected(Data masks, Data labels) {}

	private record Data(Map<String, Map<String, Scores>> images, Map<String, Summary> summary) {}

	private record Summary(long count, Scores mean, Scores std) {}

	private record Scores(double dice, double precision, double recall, double clDice, double topologyPrecision,
		double topologySensitivity)
	{}

	@Test
	void masks() throws IOException {
		check(expected().masks, List.of("vessel"));
	}

	@Test
	void labels() throws IOException {
		check(expected().labels, IntStream.rangeClosed(1, 7).mapToObj(i -> "class " + i).toList());
	}

	private static void check(final Data expected, final List<String> classes) throws IOException {
		final Evaluation evaluation = new Evaluation(classes);
		for (final Map.Entry<String, Map<String, Scores>> image : expected.images.entrySet()) {
			final Map<String, MaskScores> found = add(evaluation, image.getKey()).scores();
			assertEquals(image.getValue().keySet(), found.keySet(), image.getKey());
			image.getValue().forEach((name, scores) -> assertClose(scores, found.get(name), image.getKey() + ", " + name));
		}
		assertEquals(expected.summary.size(), evaluation.summary().size());
		for (final ScoreSummary found : evaluation.summary()) {
			final Summary summary = expected.summary.get(found.name());
			assertEquals(summary.count, found.count(), found.name());
			assertClose(summary.mean, found.mean(), found.name());
			assertClose(summary.std, found.std(), found.name());
		}
	}

	private static void assertClose(final Scores expected, final MaskScores found, final String of) {
		assertEquals(expected.dice, found.dice(), TOLERANCE, of);
		assertEquals(expected.precision, found.precision(), TOLERANCE, of);
		assertEquals(expected.recall, found.recall(), TOLERANCE, of);
		assertEquals(expected.clDice, found.clDice(), TOLERANCE, of);
		assertEquals(expected.topologyPrecision, found.topologyPrecision(), TOLERANCE, of);
		assertEquals(expected.topologySensitivity, found.topologySensitivity(), TOLERANCE, of);
	}

	/** The prediction is the left half of the picture, the truth the right one. */
	private static ImageScores add(final Evaluation evaluation, final String name) throws IOException {
		final Raster picture = ImageIO.read(EvaluationReferenceTest.class.getResource("/evaluation/" + name + ".png"))
			.getRaster();
		return evaluation.add(name, half(picture, 0), half(picture, picture.getWidth() / 2));
	}

	private static RandomAccessibleInterval<UnsignedByteType> half(final Raster picture, final int x) {
		final int width = picture.getWidth() / 2;
		final int[] values = picture.getSamples(x, 0, width, picture.getHeight(), 0, (int[]) null);
		final Img<UnsignedByteType> half = ArrayImgs.unsignedBytes(width, picture.getHeight());
		int i = 0;
		for (final UnsignedByteType pixel : half)
			pixel.set(values[i++]);
		return half;
	}

	private static Expected expected() throws IOException {
		try (Reader reader = new InputStreamReader(EvaluationReferenceTest.class.getResourceAsStream(
			"/evaluation/expected.json"), StandardCharsets.UTF_8))
		{
			return new Gson().fromJson(reader, Expected.class);
		}
	}
}
