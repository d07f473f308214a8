package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;

class VesselTreeTest {

	private static final StenosisSettings EDGES = new StenosisSettings(false, 0, 30, 4);

	/** A logistic edge is steepest in its middle: the bar is 7.6 px wide, and 20.3 px from the top. */
	@Test
	void gradientEdgesAreFoundBetweenPixels() {
		final Img<FloatType> image = Drawing.vessel(60, 41, 20.3, y -> 60 / (1 + Math.exp((Math.abs(y) - 3.8) / 0.6)));
		final VesselTree tree = new VesselTree(image, Drawing.bar(60, 41, 17, 23), EDGES);
		assertEquals(1, tree.vessels().size());
		for (final Station station : tree.vessels().get(0).stations().subList(5, 45)) {
			assertEquals(7.6, station.diameter(), 0.25);
			assertEquals(20.3, station.centre().y(), 0.15);
		}
		assertTrue(Double.isNaN(tree.blur()));
	}

	/** The chords of a cylinder, blurred; the mask is two pixels too wide or too narrow. */
	@ParameterizedTest
	@CsvSource({ "3, 1.2, 0", "3, 1.2, 1", "3, 1.2, -1", "4.6, 0.8, 0", "2.2, 1, 0" })
	void aBlurredCylinderHasItsDiameter(final double radius, final double sigma, final int wider) {
		final Img<FloatType> image = Drawing.vessel(80, 41, 20, y -> {
			double sum = 0;
			double weights = 0;
			for (double t = -5; t <= 5; t += 0.02) {
				final double weight = Math.exp(-t * t / (2 * sigma * sigma));
				weights += weight;
				sum += weight * Math.sqrt(Math.max(0, radius * radius - (y - t) * (y - t)));
			}
			return 10 * sum / weights;
		});
		final int half = (int) Math.round(radius - 0.5) + wider;
		final VesselTree tree = new VesselTree(image, Drawing.bar(80, 41, 20 - half, 20 + half), new StenosisSettings(true, 0,
			30, 2));
		for (final Station station : tree.vessels().get(0).stations().subList(8, 60))
			assertEquals(2 * radius, station.diameter(), 0.15);
		// Interpolation between pixels blurs a little, too.
		assertEquals(sigma, tree.blur(), 0.15);
		assertEquals(0.5, tree.shape());
		assertEquals(List.of(), tree.lesions(tree.vessels().get(0)));
	}

	/** Two diameters long. Of the healthy 8 px, a lumen of 1.1 sigma, which amounts to 1.1 px, leaves 15 %. */
	@ParameterizedTest
	@CsvSource({ "100, true", "100, false", "92, true", "92, false" })
	void anOcclusionIsNoNumber(final double percent, final boolean corrected) {
		final LongTube tube = LongTube.draw(percent, 2, 0, 2, 7);
		final VesselTree tree = new VesselTree(tube.image(), tube.mask(), new StenosisSettings(corrected, 0, 30, 4));
		final Lesion lesion = tree.lesions(tree.along(LongTube.line(2))).stream().max(Comparator.comparingDouble(
			Lesion::percent)).orElseThrow();
		assertEquals(List.of(Lesion.Doubt.UNRESOLVED), lesion.doubts());
		assertTrue(lesion.leastPercent() > 75 && lesion.leastPercent() < percent && lesion.leastPercent() <= lesion.percent(),
			lesion.toString());
	}

	@Test
	void aLumenThatIsSeenIsANumber() {
		final LongTube tube = LongTube.draw(50, 2, 0, 2, 7);
		final VesselTree tree = new VesselTree(tube.image(), tube.mask(), StenosisSettings.DEFAULT);
		final Lesion lesion = tree.lesions(tree.along(LongTube.line(2))).get(0);
		assertEquals(List.of(), lesion.doubts());
		assertTrue(Double.isNaN(lesion.most()) && Double.isNaN(lesion.leastPercent()), lesion.toString());
	}

	/** A bar of 9 px with 70 px of 3 px in its middle, which is longer than the mask's widths look to either side. */
	@Test
	void aVesselIsNotCutWhereItIsTight() {
		final Img<UnsignedByteType> mask = Drawing.bar(200, 41, 16, 24);
		for (int x = 65; x < 135; x++)
			for (int y = 16; y <= 24; y++)
				if (Math.abs(y - 20) > 1) mask.getAt(x, y).set(0);
		final Img<FloatType> image = Drawing.vessel(200, 41, 20, y -> Math.abs(y) < 1.5 ? 60 : 0);
		final VesselTree tree = new VesselTree(image, mask, StenosisSettings.DEFAULT);
		assertEquals(1, tree.vessels().size());
		assertTrue(tree.vessels().get(0).length() > 170, "px: " + tree.vessels().get(0).length());
	}

	@Test
	void sizesMustMatch() {
		assertRefused("mask: must be of the image's size, 60 x 41 px, but is of 60 x 40. Give the mask of this image.", () -> new VesselTree(ArrayImgs
			.floats(60, 41), Drawing.bar(60, 40, 10, 20), EDGES));
		assertRefused("image: must be of 2 dimensions, but is of 3; give one plane at a time", () -> new VesselTree(ArrayImgs
			.floats(5, 5, 5), Drawing.bar(5, 5, 1, 3), EDGES));
	}

	@Test
	void anEmptyMaskIsRefused() {
		assertRefused("mask: it holds no vessel. Give a mask that is not 0 where vessels are.", () -> new VesselTree(ArrayImgs
			.floats(60, 41), ArrayImgs.unsignedBytes(60, 41), EDGES));
	}

	/** By its diagonal alone, a pixel of a 30 x 40 mask without an edge is 50 px from it. */
	@Test
	void masksOfMoreThanVesselsAreRefused() {
		final boolean[] all = new boolean[30 * 40];
		Arrays.fill(all, true);
		assertEquals(50 - 0.5, new MaskWidths(all, 30).radius(new Point(7, 9)));
		assertRefused("mask: must be 0 outside of vessels, but is 0 nowhere.", () -> new VesselTree(ArrayImgs.floats(60, 41),
			Drawing.bar(60, 41, 0, 40), EDGES));
		assertRefused("mask: must hold vessels of 200 px in diameter or less, but is 241 px wide at (", () -> new VesselTree(
			ArrayImgs.floats(600, 300), Drawing.bar(600, 300, 20, 260), EDGES));
	}

	@Test
	void aMeasurementStopsWhenAsked() {
		final AtomicBoolean stopped = new AtomicBoolean();
		final Runnable stop = () -> {
			if (stopped.get()) throw new CancellationException();
		};
		final Img<FloatType> image = Drawing.vessel(60, 41, 20, y -> 60 / (1 + Math.exp((Math.abs(y) - 3.8) / 0.6)));
		final VesselTree tree = new VesselTree(image, Drawing.bar(60, 41, 17, 23), StenosisSettings.DEFAULT, stop);
		stopped.set(true);
		assertThrows(CancellationException.class, tree::vessels);
		assertThrows(CancellationException.class, () -> tree.along(List.of(new Point(10, 20), new Point(50, 20))));
		assertThrows(CancellationException.class, () -> new VesselTree(image, Drawing.bar(60, 41, 17, 23),
			StenosisSettings.DEFAULT, stop));
	}

	/** Two bars, too far from one another to be bridged. */
	@Test
	void aWayThatIsNotThereIsRefused() {
		final Img<UnsignedByteType> mask = Drawing.bar(90, 60, 8, 13);
		for (int y = 45; y <= 50; y++)
			for (int x = 0; x < 90; x++)
				mask.getAt(x, y).set(255);
		final VesselTree tree = new VesselTree(ArrayImgs.floats(90, 60), mask, EDGES);
		assertRefused("mask: there is no way along its vessels from (", () -> tree.along(List.of(new Point(20, 10), new Point(
			70, 48))));
		assertRefused("line: its point (20, 30) is 1", () -> tree.along(List.of(
			new Point(20, 30), new Point(70, 10))));
		assertRefused("line: must go along 15 px of a vessel or more, but goes along 0. Draw it", () -> tree.along(List.of(
			new Point(20, 10), new Point(20, 10))));
		assertEquals(50, tree.along(List.of(new Point(20, 10), new Point(70, 10))).length(), 1);
	}

	@Test
	void settingsNameTheirRange() {
		assertRefused("threshold must be 5..99 %, but is 4.0: choose a value in that range", () -> new StenosisSettings(true,
			0, 4, 4));
		assertRefused("blur must be 0.3..5 px, or 0 to take it from the image, but is 0.2", () -> new StenosisSettings(true,
			0.2, 30, 4));
		assertRefused("smallest must be 1..100 px, but is NaN", () -> new StenosisSettings(true, 0, 30, Double.NaN));
	}

	private static void assertRefused(final String message, final org.junit.jupiter.api.function.Executable call) {
		final String said = assertThrows(IllegalArgumentException.class, call).getMessage();
		assertTrue(said.startsWith(message), said);
	}
}
