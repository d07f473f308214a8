package sc.fiji.vasomim.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** Numbers that can be counted on the pictures. */
class SegmentationMetricsTest {

	private static final MaskScores ONES = MaskScores.all(1), ZEROS = MaskScores.all(0);

	@Test
	void countsPixels() {
		final Overlap overlap = Overlap.of(image("11100", "00100"), image("01110", "00000"));
		assertEquals(new Overlap(2, 2, 1), overlap);
		assertEquals(4. / 7, overlap.dice());
		assertEquals(2. / 5, overlap.iou());
		assertEquals(2. / 4, overlap.precision());
		assertEquals(2. / 3, overlap.recall());
	}

	@Test
	void emptyMasksAgreeAndOneEmptyMaskScoresNothing() {
		final RandomAccessibleInterval<UnsignedByteType> none = image("00000"), some = image("00110");
		assertEquals(ONES, MaskScores.of(none, none));
		assertEquals(ZEROS, MaskScores.of(none, some));
		assertEquals(ZEROS, MaskScores.of(some, none));
		assertEquals(ZEROS, MaskScores.of(image("11000"), image("00011")));
		assertEquals(ONES, MaskScores.of(some, some));
	}

	/** The true line of 9 px is its own skeleton; a gap of 3 costs sensitivity, a branch of 2 beside it precision. */
	@Test
	void clDiceOfLines() {
		final ClDice clDice = ClDice.of(image("111000111", "000000000", "000011000"), image("111111111", "000000000",
			"000000000"));
		assertEquals(new ClDice(6. / 8, 6. / 9), clDice);
		assertEquals(2 * .75 * (2. / 3) / (.75 + 2. / 3), clDice.value());
	}

	/** A thick vessel on a thin one: its skeleton lies within, though only a third of its pixels do. */
	@Test
	void clDiceForgivesWidth() {
		final RandomAccessibleInterval<UnsignedByteType> thick = image("111111111", "111111111", "111111111");
		final RandomAccessibleInterval<UnsignedByteType> thin = image("000000000", "111111111", "000000000");
		final MaskScores scores = MaskScores.of(thick, thin);
		assertEquals(1. / 3, scores.precision());
		assertEquals(1, scores.recall());
		assertEquals(1, scores.topologySensitivity());
		assertTrue(scores.topologyPrecision() > .8);
	}

	@Test
	void eachClassCountsWhereItIs() {
		final LabelScores scores = LabelScores.of(image("1120005"), image("1100705"));
		assertEquals(Set.of(1, 2, 5, 7), scores.classes().keySet());
		assertEquals(ONES, scores.classes().get(1));
		assertEquals(ZEROS, scores.classes().get(2));
		assertEquals(ONES, scores.classes().get(5));
		assertEquals(ZEROS, scores.classes().get(7));
		assertEquals(MaskScores.all(.5), scores.macro());
		assertEquals(.5, Dice.macro(image("1120005"), image("1100705")));
		assertEquals(ONES, LabelScores.of(image("000"), image("000")).macro());
	}

	@Test
	void countsPixelsOfEachClass() {
		final Map<Integer, Overlap> overlaps = Overlap.ofClasses(image("1112", "0003"), image("0112", "0022"));
		assertEquals(Map.of(1, new Overlap(2, 1, 0), 2, new Overlap(1, 0, 2), 3, new Overlap(0, 1, 0)), overlaps);
		// 4 / 5, 2 / 4 and 0.
		assertEquals((.8 + .5 + 0) / 3, Dice.macro(image("1112", "0003"), image("0112", "0022")), 1e-15);
		assertEquals(1, Dice.macro(image("000"), image("000")));
		assertEquals(0, Dice.macro(image("000"), image("020")));
	}

	@Test
	void meanAndSampleDeviation() {
		final ScoreStatistics statistics = new ScoreStatistics();
		assertThrows(IllegalStateException.class, statistics::mean);
		assertThrows(IllegalStateException.class, statistics::standardDeviation);
		statistics.add(MaskScores.all(.25));
		assertEquals(MaskScores.all(.25), statistics.mean());
		assertEquals(MaskScores.all(Double.NaN), statistics.standardDeviation());
		statistics.add(MaskScores.all(.5));
		statistics.add(new MaskScores(.75, .75, .75, .75, .75, .75, 0));
		assertEquals(3, statistics.count());
		// 1/4, 1/2, 3/4 have mean 1/2 and variance (1/16 + 0 + 1/16) / 2; 1/4, 1/2, 0 have 1/4 and the same variance.
		assertEquals(.5, statistics.mean().dice(), 1e-15);
		assertEquals(.25, statistics.standardDeviation().dice(), 1e-15);
		assertEquals(.25, statistics.mean().topologySensitivity(), 1e-15);
		assertEquals(.25, statistics.standardDeviation().topologySensitivity(), 1e-15);
	}

	@Test
	void namesWhatIsWrong() {
		final RandomAccessibleInterval<UnsignedByteType> wide = image("111"), narrow = image("11"), stack = ArrayImgs
			.unsignedBytes(2, 2, 2);
		final String words = "prediction: must have the size of truth, [2, 1], but has [3, 1]";
		assertEquals(words, refusal(() -> Overlap.of(wide, narrow)));
		assertEquals(words, refusal(() -> ClDice.of(wide, narrow)));
		assertEquals(words, refusal(() -> MaskScores.of(wide, narrow)));
		assertEquals(words, refusal(() -> LabelScores.of(wide, narrow)));
		assertEquals(words, refusal(() -> Dice.macro(wide, narrow)));
		assertTrue(refusal(() -> MaskScores.of(stack, stack)).startsWith("mask: must be of 2 dimensions"));
	}

	private static String refusal(final Runnable call) {
		return assertThrows(IllegalArgumentException.class, call::run).getMessage();
	}

	private static RandomAccessibleInterval<UnsignedByteType> image(final String... rows) {
		final RandomAccessibleInterval<UnsignedByteType> image = ArrayImgs.unsignedBytes(rows[0].length(), rows.length);
		for (int y = 0; y < rows.length; y++)
			for (int x = 0; x < rows[y].length(); x++)
				image.getAt(x, y).set(rows[y].charAt(x) - '0');
		return image;
	}
}
