package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

class VesselnessTest {

	private static VesselnessSettings settings(final VesselnessFilter filter, final HessianMethod method) {
		return VesselnessSettings.FRANGI_1998.withFilter(filter).withMethod(method);
	}

	@ParameterizedTest
	@EnumSource(HessianMethod.class)
	void constantImageGivesZero(final HessianMethod method) {
		final float[] grey = new float[40 * 48];
		java.util.Arrays.fill(grey, 1234.56f);
		for (final VesselnessFilter filter : VesselnessFilter.values())
			assertArrayEquals(new float[40 * 48], Errors.values(Vesselness.compute(ArrayImgs.floats(grey, 48, 40),
				settings(filter, method))));
	}

	/** On a ridge A exp(-d^2 / 2 w^2) the Hessian across it is A w / (w^2 + s^2)^1.5, times s^2. */
	@ParameterizedTest
	@CsvSource({ "1", "2", "3", "4", "6" })
	void satoOnAVerticalRidge(final double sigma) {
		final double w = 3, a = 120;
		final Img<FloatType> image = ArrayImgs.floats(101, 20);
		Views.flatIterable(image).forEach(p -> p.set(0));
		for (int y = 0; y < 20; y++)
			for (int x = 0; x < 101; x++)
				image.getAt(x, y).set((float) (200 - a * Math.exp(-Math.pow(x - 50, 2) / (2 * w * w))));
		final VesselnessSettings one = settings(VesselnessFilter.SATO, HessianMethod.CASCADE).withSigmas(List.of(
			sigma));
		final double expected = sigma * sigma * a * w / Math.pow(w * w + sigma * sigma, 1.5);
		assertEquals(expected, Vesselness.compute(image, one).getAt(50, 10).get(), 2e-5 * expected);
	}

	/** V of a straight ridge, where l1 = 0: 1 - exp(-S^2 / 2 c^2), with c = S_max / 2, is at most 1 - exp(-2). */
	@Test
	void frangiTakesHalfTheLargestNormAsC() {
		final Img<FloatType> image = ArrayImgs.floats(101, 20);
		for (int y = 0; y < 20; y++)
			for (int x = 0; x < 101; x++)
				image.getAt(x, y).set((float) (-Math.exp(-Math.pow(x - 50, 2) / 8)));
		assertEquals(1 - Math.exp(-2), Vesselness.compute(image, VesselnessSettings.FRANGI_1998).getAt(50, 10).get(),
			1e-6);
	}

	/** Less than 0.5 % of the pixels respond; with c = S_max / 2 a straight ridge is 1 - exp(-2), in any grey values. */
	@ParameterizedTest
	@CsvSource({ "1", "1000" })
	void whereNearlyAllIsFlatCIsHalfTheLargestNorm(final float scale) {
		final Img<FloatType> image = ArrayImgs.floats(6000, 20);
		for (int y = 0; y < 20; y++)
			for (int x = 0; x < 6000; x++)
				image.getAt(x, y).set((float) (scale * (130 - 100 * Math.exp(-Math.pow(x - 50, 2) / 2))));
		final Img<FloatType> frangi = Vesselness.compute(image, VesselnessSettings.DEFAULT.withSigmas(List.of(1.0)));
		assertEquals(1 - Math.exp(-2), frangi.getAt(50, 10).get(), 1e-6);
		assertEquals(0, frangi.getAt(3000, 10).get(), 1e-6);
	}

	@Test
	void smallImagesAreMirroredRepeatedly() {
		final Img<FloatType> one = ArrayImgs.floats(new float[] { 7 }, 1, 1);
		assertEquals(0, Vesselness.compute(one, VesselnessSettings.FRANGI_1998).getAt(0, 0).get());

		final float[] grey = { 9, 9, 1, 9, 9, 9, 9, 1, 9, 9, 9, 9, 1, 9, 9, 9, 9, 1, 9, 9, 9, 9, 1, 9, 9 };
		final Img<FloatType> small = ArrayImgs.floats(grey, 5, 5);
		final Img<FloatType> large = ArrayImgs.floats(65, 65);
		for (int y = 0; y < 65; y++)
			for (int x = 0; x < 65; x++)
				large.getAt(x, y).set(x % 5 == 2 ? 1 : 9);
		final VesselnessSettings sato = settings(VesselnessFilter.SATO, HessianMethod.DIRECT);
		assertEquals(Vesselness.compute(large, sato).getAt(32, 32).get(), Vesselness.compute(small, sato).getAt(2, 2)
			.get(), 1e-5);
	}

	@Test
	void bothIsTheLargerOfDarkAndBright() {
		final Img<FloatType> tree = Fixture.read("inputs/tree_u8").floats();
		for (final VesselnessFilter filter : VesselnessFilter.values()) {
			final VesselnessSettings settings = VesselnessSettings.FRANGI_1998.withFilter(filter).withC(15)
				.withSigmas(List.of(2.0));
			final float[] dark = Errors.values(Vesselness.compute(tree, settings));
			final float[] bright = Errors.values(Vesselness.compute(tree, settings.withPolarity(Polarity.BRIGHT)));
			final float[] both = Errors.values(Vesselness.compute(tree, settings.withPolarity(Polarity.BOTH)));
			for (int i = 0; i < both.length; i++)
				assertEquals(Math.max(dark[i], bright[i]), both[i], 2e-6);
		}
	}

	/** c of a fixture: half the largest norm over all scales, 17.23677 for this image by the float64 reference. */
	@Test
	void automaticCIsThatOfTheReference() {
		final Img<FloatType> tree = Fixture.read("inputs/tree_u8").floats();
		final float[] fixed = Errors.values(Vesselness.compute(tree, VesselnessSettings.FRANGI_1998.withC(
			17.236774170777583)));
		assertArrayEquals(fixed, Errors.values(Vesselness.compute(tree, VesselnessSettings.FRANGI_1998)), 2e-5f);
	}

	@Test
	void sigmasFromARange() {
		assertEquals(List.of(1.0, 1.5, 2.0), VesselnessSettings.linearSigmas(1, 2, 3));
		final List<Double> logarithmic = VesselnessSettings.logarithmicSigmas(1, 4, 3);
		assertEquals(2, logarithmic.get(1), 1e-12);
		assertEquals(List.of(3.0), VesselnessSettings.logarithmicSigmas(3, 9, 1));
		assertMessage("from 2.0 to 1.0", () -> VesselnessSettings.linearSigmas(2, 1, 3));
		assertMessage("steps must be 1 or more, but is 0", () -> VesselnessSettings.linearSigmas(1, 2, 0));
	}

	@Test
	void refusesWhatItCannotFilter() {
		final VesselnessSettings frangi = VesselnessSettings.FRANGI_1998;
		final Img<FloatType> nan = ArrayImgs.floats(new float[] { 0, 0, 0, Float.NaN, 0, 0 }, 3, 2);
		assertMessage("NaN is at (0, 1)", () -> Vesselness.compute(nan, frangi));
		assertMessage("NaN is at (10, 1)", () -> Vesselness.compute(Views.translate(nan, 10, 0), frangi));
		final TaskExecutor one = TaskExecutors.singleThreaded();
		assertMessage("but has 1", () -> Vesselness.compute(ArrayImgs.floats(2), frangi));
		assertMessage("3 x 2, but is 2 x 3", () -> Vesselness.compute(ArrayImgs.floats(3, 2), ArrayImgs.floats(2, 3),
			frangi, one));
		assertMessage("not be the input itself", () -> Vesselness.compute(nan, nan, frangi, one));
		assertMessage("must have pixels", () -> Vesselness.compute(Views.interval(nan, Intervals.createMinMax(0, 0, -1,
			0)), nan, frangi, one));
	}

	@Test
	void settingsNameWhatIsWrong() {
		final VesselnessSettings frangi = VesselnessSettings.FRANGI_1998;
		assertMessage("sigmas must be above 0, but one is 0.0", () -> frangi.withSigmas(List.of(1.0, 0.0)));
		assertMessage("at least one scale", () -> frangi.withSigmas(List.of()));
		assertMessage("beta must be above 0", () -> frangi.withBeta(0));
		assertMessage("but is NaN", () -> frangi.withC(Double.NaN));
		assertMessage("cPercentile must be above 0 and at most 100, but is 101.0", () -> frangi.withCPercentile(101));
		assertMessage("dimensions must be 2 or 3, but is 4", () -> frangi.withDimensions(4));
		assertMessage("within 0.3..100 px, but one is 0.1 px", () -> Vesselness.compute(ArrayImgs.floats(9, 9), frangi
			.withSigmas(List.of(0.1))));
	}

	private static void assertMessage(final String part, final org.junit.jupiter.api.function.Executable call) {
		final String message = assertThrows(IllegalArgumentException.class, call).getMessage();
		assertTrue(message.contains(part), message);
	}
}
