package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.real.FloatType;

/** What ImageJ's Tubeness makes of eigenvalues, by hand: of those of larger magnitude, 0 if they have the wrong sign. */
class TubenessTest {

	/** By p x^2 / 2 + q y^2 / 2 a Hessian of p, q. */
	private static Img<FloatType> parabola(final float p, final float q) {
		final Img<FloatType> image = ArrayImgs.floats(81, 81);
		for (int y = 0; y < 81; y++)
			for (int x = 0; x < 81; x++)
				image.getAt(x, y).set(0.5f * (p * (x - 40) * (x - 40) + q * (y - 40) * (y - 40)));
		return image;
	}

	/** Of p x^2 / 2 + q y^2 / 2 the Hessian is p, q everywhere; at sigma 2 the result is times 4. */
	@ParameterizedTest
	@CsvSource({ //
		"3, 0, DARK, 12, 12", "3, 1, DARK, 12, 12", "3, -1, DARK, 12, 12", //
		"1, -3, DARK, 0, 4", "-1, -3, DARK, 0, 0", //
		"1, -3, BRIGHT, 12, 12", "3, -1, BRIGHT, 0, 4", //
		"1, -3, BOTH, 12, 12", "3, -1, BOTH, 12, 12" })
	void ofAParabola(final float p, final float q, final Polarity polarity, final float tubeness, final float sato) {
		final Img<FloatType> image = parabola(p, q);
		final VesselnessSettings settings = VesselnessSettings.FRANGI_1998.withSigmas(List.of(2.0)).withPolarity(polarity)
			.withMethod(HessianMethod.DIRECT);
		assertEquals(tubeness, Vesselness.compute(image, settings.withFilter(VesselnessFilter.TUBENESS)).getAt(40, 40)
			.get(), 1e-2);
		assertEquals(sato, Vesselness.compute(image, settings.withFilter(VesselnessFilter.SATO)).getAt(40, 40).get(),
			1e-2);
	}

	/** Across the curvature that responds: along y (90) for that of x, along x (0) for that of y. */
	@ParameterizedTest
	@CsvSource({ "3, -1, DARK, 90", "1, -3, DARK, 90", "-3, 1, DARK, 0", //
		"1, -3, BRIGHT, 0", "3, -1, BRIGHT, 0", "1, -3, BOTH, 0", "3, -1, BOTH, 90" })
	void directionOfSato(final float p, final float q, final Polarity polarity, final double degrees) {
		final Img<FloatType> direction = ArrayImgs.floats(81, 81);
		Vesselness.compute(parabola(p, q), new double[] { 1, 1 }, new VesselnessOutput(ArrayImgs.floats(81, 81), null,
			direction), VesselnessSettings.FRANGI_1998.withSigmas(List.of(2.0)).withPolarity(polarity).withFilter(
				VesselnessFilter.SATO), TaskExecutors.singleThreaded());
		final double found = Math.toDegrees(direction.getAt(40, 40).get());
		// 0 and 180 degrees are one direction.
		assertEquals(0, Math.sin(Math.toRadians(found - degrees)), 1e-4);
	}

	@Test
	void ofAVolume() {
		assertEquals(6, TubenessResponse.volume(-1, 4, 9));
		assertEquals(6, TubenessResponse.volume(2, 4, 9));
		assertEquals(0, TubenessResponse.volume(-5, 4, 9));
		assertEquals(0, TubenessResponse.volume(-5, -4, 9));
		assertEquals(6, VolumeResponse.sato(-5, 4, 9));
		final VolumeResponse both = ((VolumeResponse) TubenessResponse::volume).both();
		assertEquals(6, both.of(-9, -4, 1));
		assertEquals(0, both.of(-9, 1, 4));
	}
}
