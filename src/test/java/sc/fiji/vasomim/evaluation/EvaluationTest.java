package sc.fiji.vasomim.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.metrics.MaskScores;

/** Numbers that can be counted on the pictures. */
class EvaluationTest {

	private static final List<String> VESSEL = List.of("vessel"), THREE = List.of("left", "right", "other");

	/** Image A finds class 1 and misses class 2; image B has class 1 alone. Over images 3/4; over classes 1 and 0. */
	@Test
	void theMeanOfClassesIsNotTheClassesMean() {
		final Evaluation evaluation = new Evaluation(THREE);
		evaluation.add("A", image(1, 0, 0), image(1, 2, 0));
		assertEquals(List.of(Evaluation.MEAN, Evaluation.UNION, "left"), List.copyOf(evaluation.add("B", image(1, 1, 0), image(
			1, 1, 0)).scores().keySet()));
		final List<ScoreSummary> summary = evaluation.summary();
		assertEquals(List.of(Evaluation.MEAN, Evaluation.UNION, "left", "right"), summary.stream().map(ScoreSummary::name)
			.toList(), "no image has other");
		assertEquals(.75, summary.get(0).mean().dice());
		assertEquals(Math.sqrt(.125), summary.get(0).std().dice(), 1e-15);
		// The union's Dice is 2/3 in A, 1 in B.
		assertEquals(5. / 6, summary.get(1).mean().dice(), 1e-15);
		assertEquals(1, summary.get(2).mean().dice());
		assertEquals(List.of(2L, 2L, 2L, 1L), summary.stream().map(ScoreSummary::count).toList());
		assertEquals(0, summary.get(3).mean().dice());
		assertEquals(Double.NaN, summary.get(3).std().dice());
	}

	/** However late a class comes, it stands in its place. */
	@Test
	void classesKeepTheirOrder() {
		final Evaluation evaluation = new Evaluation(THREE);
		evaluation.add("A", image(3), image(3));
		evaluation.add("B", image(1), image(1));
		assertEquals(List.of(Evaluation.MEAN, Evaluation.UNION, "left", "other"), evaluation.summary().stream().map(
			ScoreSummary::name).toList());
	}

	@Test
	void emptyMasksCountAsOneOrNothing() {
		final Evaluation evaluation = new Evaluation(VESSEL);
		assertEquals(List.of(), evaluation.summary());
		evaluation.add("both", image(0, 0), image(0, 0));
		evaluation.add("prediction", image(0, 0), image(0, 255));
		evaluation.add("truth", image(255, 0), image(0, 0));
		final ScoreSummary vessel = evaluation.summary().get(0);
		assertEquals(3, vessel.count());
		assertEquals(1. / 3, vessel.mean().dice(), 1e-15);
		assertEquals(1. / 3, vessel.mean().clDice(), 1e-15);
		assertEquals(Math.sqrt(1. / 3), vessel.std().dice(), 1e-15);
		assertEquals(Set.of("vessel"), evaluation.images().get(0).scores().keySet());
		assertEquals("vessel in 3 images: Dice 0.3333 (0.5774), clDice 0.3333 (0.5774)", new EvaluationResult(3, evaluation
			.summary()).toString());
	}

	/** Two runs of 0.25 and 0.75: 0.5 and sqrt(1/8). The spread over images within a run is another matter. */
	@Test
	void runsAreJudgedByTheirMeans() {
		final List<ScoreSummary> runs = ScoreSummary.overRuns(List.of(run("vessel", .25), run("vessel", .75)));
		assertEquals(1, runs.size());
		assertEquals(2, runs.get(0).count());
		assertEquals(.5, runs.get(0).mean().dice());
		assertEquals(Math.sqrt(.125), runs.get(0).std().dice(), 1e-15);
		assertEquals(List.of(2L, 1L), ScoreSummary.overRuns(List.of(run("left", .25), List.of(run("left", .5).get(0), run(
			"right", 0).get(0)))).stream().map(ScoreSummary::count).toList());
	}

	private static List<ScoreSummary> run(final String name, final double value) {
		final MaskScores mean = new MaskScores(value, value, value, value, value, value, value);
		final MaskScores std = new MaskScores(.1, .1, .1, .1, .1, .1, .1);
		return List.of(new ScoreSummary(name, 200, mean, std));
	}

	@Test
	void namesWhatIsNoClass() {
		final Evaluation one = new Evaluation(VESSEL), three = new Evaluation(THREE);
		assertEquals("truth: labels of one class must be 0 or 255, but a.png has 1. Choose labels, and a model, of the same " +
			"classes.", refusal(one, image(255), image(1)));
		assertEquals("predictions: labels of 3 classes must lie in 0..3, but a.png has 4. Choose labels, and a model, of the " +
			"same classes.", refusal(three, image(4), image(3)));
		assertEquals("prediction: must have the size of truth, [2, 1], but has [1, 1]", refusal(one, image(0), image(0, 0)));
		assertEquals(0, one.images().size() + three.images().size(), "what was refused does not count");
	}

	private static String refusal(final Evaluation evaluation, final RandomAccessibleInterval<UnsignedByteType> prediction,
		final RandomAccessibleInterval<UnsignedByteType> truth)
	{
		return assertThrows(IllegalArgumentException.class, () -> evaluation.add("a.png", prediction, truth)).getMessage();
	}

	private static RandomAccessibleInterval<UnsignedByteType> image(final int... row) {
		final RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(row.length, 1);
		for (int x = 0; x < row.length; x++)
			image.getAt(x, 0).set(row[x]);
		return image;
	}
}
