package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.real.FloatType;

/** A dark ridge -A exp(-d^2 / 2 w^2) of any direction, of which all derivatives are known. */
class RidgeTest {

	private static final int SIZE = 101, CENTRE = 50, MARGIN = 26;

	private static final double WIDTH = 2, DEPTH = 100;

	private static final VesselnessSettings SATO = VesselnessSettings.FRANGI_1998.withFilter(VesselnessFilter.SATO);

	/** Across the ridge at distance d, scale-normalised; 0 along it. */
	private static double secondDerivative(final double d, final double sigma) {
		final double q2 = WIDTH * WIDTH + sigma * sigma;
		return sigma * sigma * DEPTH * WIDTH / Math.pow(q2, 1.5) * Math.exp(-d * d / (2 * q2)) * (1 - d * d / q2);
	}

	private static double distance(final int x, final int y, final double angle) {
		return (y - CENTRE) * Math.cos(angle) - (x - CENTRE) * Math.sin(angle);
	}

	private static Img<FloatType> ridge(final double angle) {
		final Img<FloatType> image = ArrayImgs.floats(SIZE, SIZE);
		for (int y = 0; y < SIZE; y++)
			for (int x = 0; x < SIZE; x++)
				image.getAt(x, y).set((float) (-DEPTH * Math.exp(-Math.pow(distance(x, y, angle), 2) / (2 * WIDTH *
					WIDTH))));
		return image;
	}

	@ParameterizedTest
	@EnumSource(value = HessianMethod.class, names = { "CASCADE", "DIRECT" })
	void errsByAtMostAThousandthAtAnyAngle(final HessianMethod method) {
		for (int degrees = 0; degrees <= 180; degrees += 15) {
			final double angle = Math.toRadians(degrees);
			final Img<FloatType> image = ridge(angle);
			for (final double sigma : new double[] { 1, 2, 4 }) {
				final Img<FloatType> sato = Vesselness.compute(image, SATO.withMethod(method).withSigmas(List.of(
					sigma)));
				final double peak = secondDerivative(0, sigma);
				for (int y = MARGIN; y < SIZE - MARGIN; y++)
					for (int x = MARGIN; x < SIZE - MARGIN; x++) {
						final double expected = Math.max(0, secondDerivative(distance(x, y, angle), sigma));
						assertEquals(expected, sato.getAt(x, y).get(), 1e-3 * peak, degrees +
							" degrees, sigma " + sigma);
					}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 20, 45, 90, 110, 135, 179 })
	void scaleAndDirection(final int degrees) {
		final double angle = Math.toRadians(degrees);
		final Img<FloatType> response = ArrayImgs.floats(SIZE, SIZE), scale = ArrayImgs.floats(SIZE, SIZE);
		final Img<FloatType> direction = ArrayImgs.floats(SIZE, SIZE);
		// sqrt 2 times the width answers best: s^2 w / (w^2 + s^2)^1.5 is largest there
		final VesselnessSettings settings = SATO.withSigmas(List.of(1.0, 2.0, Math.sqrt(2) * WIDTH, 4.0, 5.0));
		Vesselness.compute(ridge(angle), new double[] { 1, 1 }, new VesselnessOutput(response, scale, direction),
			settings, TaskExecutors.singleThreaded());
		assertEquals(Math.sqrt(2) * WIDTH, scale.getAt(CENTRE, CENTRE).get(), 1e-6);
		final double found = direction.getAt(CENTRE, CENTRE).get();
		assertTrue(found >= 0 && found < Math.PI, "direction " + found);
		assertEquals(1, Math.abs(Math.cos(found - angle)), 1e-6);
	}

	@Test
	void bothFindsTheDirectionOfBrightRidges() {
		final Img<FloatType> bright = ridge(Math.toRadians(20));
		bright.forEach(p -> p.mul(-1));
		final Img<FloatType> response = ArrayImgs.floats(SIZE, SIZE), direction = ArrayImgs.floats(SIZE, SIZE);
		Vesselness.compute(bright, new double[] { 1, 1 }, new VesselnessOutput(response, null, direction), SATO
			.withPolarity(Polarity.BOTH), TaskExecutors.singleThreaded());
		assertEquals(Math.toRadians(20), direction.getAt(CENTRE, CENTRE).get(), 1e-4);
	}

	/** Calibrated: pixels 0.5 x 0.25 mm, a ridge along y of which the width is 1 mm. */
	@Test
	void pixelsNeedNotBeSquare() {
		final Img<FloatType> image = ArrayImgs.floats(SIZE, SIZE), response = ArrayImgs.floats(SIZE, SIZE);
		for (int y = 0; y < SIZE; y++)
			for (int x = 0; x < SIZE; x++)
				image.getAt(x, y).set((float) (-DEPTH * Math.exp(-Math.pow(0.5 * (x - CENTRE), 2) / 2)));
		Vesselness.compute(image, new double[] { 0.5, 0.25 }, new VesselnessOutput(response, null, null), SATO
			.withSigmas(List.of(1.0)), TaskExecutors.singleThreaded());
		// width and sigma are both 2 px along x
		final double expected = secondDerivative(0, 2);
		assertEquals(expected, response.getAt(CENTRE, CENTRE).get(), 1e-4 * expected);
	}
}
