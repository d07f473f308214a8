package sc.fiji.vasomim.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.IntegerType;

import sc.fiji.vasomim.sample.Segment.Point;
import sc.fiji.vasomim.sample.Stenosis.Box;

class SyntheticAngiogramTest {

	@Test
	void sameSeedSamePixelsOtherSeedOtherPixels() {
		final SyntheticAngiogram first = generate(3, 2);
		final SyntheticAngiogram again = generate(3, 2);
		assertArrayEquals(pixels(first.image()), pixels(again.image()));
		assertArrayEquals(pixels(first.labels()), pixels(again.labels()));
		assertEquals(first.segments(), again.segments());
		assertEquals(first.stenoses(), again.stenoses());
		final SyntheticAngiogram other = generate(4, 2);
		assertFalse(Arrays.equals(pixels(first.mask()), pixels(other.mask())));
		assertFalse(Arrays.equals(pixels(first.image()), pixels(other.image())));
	}

	/** Noise and lesions have random numbers of their own: neither moves an artery. */
	@Test
	void noiseAndLesionsLeaveTheCentrelines() {
		final SyntheticAngiogram plain = SyntheticAngiogram.generate(
			new AngiogramSettings(256, 256, 9, Coronary.ANY, 0, 0, 0));
		final SyntheticAngiogram full = SyntheticAngiogram.generate(
			new AngiogramSettings(256, 256, 9, Coronary.ANY, 1, 100, 2));
		for (int s = 0; s < plain.segments().size(); s++) {
			final List<Point> a = plain.segments().get(s).centreline();
			final List<Point> b = full.segments().get(s).centreline();
			for (int i = 0; i < a.size(); i++) assertEquals(a.get(i).x(), b.get(i).x());
		}
	}

	/** Between two centreline points, 1 px apart, a ball is at most half a pixel from the nearer one. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 6 })
	void maskIsWhatLiesWithinTheRadiusOfACentreline(final long seed) {
		final SyntheticAngiogram angiogram = generate(seed, 1);
		final int width = angiogram.settings().width();
		final double[] excess = new double[width * angiogram.settings().height()];
		Arrays.fill(excess, Double.MAX_VALUE);
		for (final Segment segment : angiogram.segments())
			for (final Point p : segment.centreline())
				for (int y = (int) Math.max(0, p.y() - 15); y < Math.min(512, p.y() + 15); y++)
					for (int x = (int) Math.max(0, p.x() - 15); x < Math.min(512, p.x() + 15); x++)
						excess[y * width + x] = Math.min(excess[y * width + x],
							Math.hypot(x - p.x(), y - p.y()) - p.radius());
		final int[] mask = pixels(angiogram.mask());
		final int[] labels = pixels(angiogram.labels());
		int vessel = 0;
		for (int i = 0; i < mask.length; i++) {
			assertEquals(labels[i] > 0 ? 255 : 0, mask[i]);
			assertTrue(labels[i] <= angiogram.segments().size());
			if (mask[i] > 0) assertTrue(excess[i] <= 0.5, "pixel " + i + " is " + excess[i] + " px outside");
			// The collimator reaches up to 54 px into the image.
			final int x = i % width;
			final int y = i / width;
			final boolean border = Math.min(Math.min(x, 511 - x), Math.min(y, 511 - y)) < 60;
			if (excess[i] < 0 && !border) assertEquals(255, mask[i], "pixel " + i + " is in an artery");
			if (mask[i] > 0) vessel++;
		}
		assertTrue(vessel > 0.02 * mask.length && vessel < 0.15 * mask.length, vessel + " vessel pixels");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void stenosisIsWhereAndAsDeepAsItSays(final long seed) {
		final SyntheticAngiogram angiogram = generate(seed, 2);
		assertEquals(2, angiogram.stenoses().size());
		for (final Stenosis stenosis : angiogram.stenoses()) {
			assertTrue(stenosis.percent() >= 19.5 && stenosis.percent() <= 90.5, "percent " + stenosis.percent());
			assertEquals((1 - stenosis.percent() / 100) * stenosis.referenceRadius(), stenosis.minimumRadius(), 1e-6);
			final List<Point> line = angiogram.segments().get(stenosis.segment() - 1).centreline();
			final int at = line.indexOf(new Point(stenosis.x(), stenosis.y(), stenosis.minimumRadius()));
			assertTrue(at >= 0, "narrowest point is on the centreline");
			final int half = (int) (stenosis.length() / 2);
			for (int i = at - half; i <= at + half; i++)
				assertTrue(line.get(i).radius() >= stenosis.minimumRadius(), "narrowest point");
			// Where the lesion ends the artery is healthy; it may taper by a tenth.
			final double reference = stenosis.referenceRadius();
			assertEquals(reference, line.get(at - half - 2).radius(), 0.1 * reference);
			assertEquals(reference, line.get(at + half + 2).radius(), 0.1 * reference);
			final Box box = stenosis.box();
			final int right = box.x() + box.width() - 1;
			final int bottom = box.y() + box.height() - 1;
			assertTrue(box.x() >= 0 && box.y() >= 0 && right < 512 && bottom < 512, "box in the image");
			// The narrowest point of a tapering artery lies a little behind the lesion's middle.
			for (final Point p : line.subList(at - half + 3, at + half - 3)) {
				assertTrue(box.x() <= p.x() - p.radius() && p.x() + p.radius() <= right, "box covers the narrowing");
				assertTrue(box.y() <= p.y() - p.radius() && p.y() + p.radius() <= bottom, "box covers the narrowing");
			}
		}
	}

	/** The grade is set, the place is the drawn one's. By hand: 100 (1 - minimum / reference) = 64. */
	@Test
	void theGradeCanBeFixed() {
		final Stenosis drawn = generate(3, 1).stenoses().get(0);
		final Stenosis fixed = SyntheticAngiogram.generate(new AngiogramSettings(512, 512, 3, Coronary.ANY, 1, 500, 0.7, 64))
			.stenoses().get(0);
		assertEquals(0.36 * fixed.referenceRadius(), fixed.minimumRadius(), 0.005 * fixed.referenceRadius());
		assertEquals(64, fixed.percent(), 0.5);
		assertEquals(drawn.length(), fixed.length());
		assertEquals(drawn.box(), fixed.box());
	}

	/** MurrayTest has the calibres. */
	@Test
	void branchesStartOnTheirParents() {
		final List<Segment> segments = generate(2, 0).segments();
		for (final Segment child : segments) {
			if (child.parent() == 0) continue;
			final Point start = child.centreline().get(0);
			final Segment parent = segments.get(child.parent() - 1);
			assertTrue(parent.id() < child.id());
			assertTrue(parent.centreline().stream()
				.anyMatch(p -> p.x() == start.x() && p.y() == start.y() && p.radius() > start.radius()));
		}
	}

	@Test
	void arteriesAreDarkerThanWhatIsBesideThem() {
		final SyntheticAngiogram angiogram = generate(5, 1);
		final int[] grey = pixels(angiogram.image());
		final int[] mask = pixels(angiogram.mask());
		double inside = 0;
		double beside = 0;
		int nInside = 0;
		int nBeside = 0;
		for (int y = 40; y < 472; y++)
			for (int x = 40; x < 472; x++) {
				if (mask[y * 512 + x] > 0) {
					inside += grey[y * 512 + x];
					nInside++;
				}
				else if (mask[y * 512 + x + 8] > 0 && mask[y * 512 + x - 8] == 0) {
					beside += grey[y * 512 + x];
					nBeside++;
				}
			}
		assertTrue(inside / nInside < beside / nBeside - 8, inside / nInside + " against " + beside / nBeside);
	}

	@ParameterizedTest
	@CsvSource({ "64, 64, LEFT", "64, 64, RIGHT", "1024, 768, LEFT", "100, 700, RIGHT" })
	void anySizeWorks(final int width, final int height, final Coronary coronary) {
		final SyntheticAngiogram angiogram = SyntheticAngiogram.generate(
			new AngiogramSettings(width, height, 1, coronary, 0, 500, 0.7));
		for (final Img<?> image : List.of(angiogram.image(), angiogram.mask(), angiogram.labels()))
			assertArrayEquals(new long[] { width, height }, image.dimensionsAsLongArray());
		assertEquals(coronary == Coronary.LEFT ? "LM" : "RCA", angiogram.segments().get(0).name());
		assertTrue(Arrays.stream(pixels(angiogram.mask())).anyMatch(v -> v == 255));
		assertTrue(angiogram.stenoses().isEmpty());
	}

	private static SyntheticAngiogram generate(final long seed, final int stenoses) {
		return SyntheticAngiogram.generate(new AngiogramSettings(512, 512, seed, Coronary.ANY, stenoses, 500, 0.7));
	}

	private static int[] pixels(final Img<? extends IntegerType<?>> image) {
		final int[] pixels = new int[(int) image.size()];
		int i = 0;
		for (final IntegerType<?> pixel : image) pixels[i++] = pixel.getInteger();
		return pixels;
	}
}
