package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.real.FloatType;

class VolumeTest {

	private static final VesselnessSettings SETTINGS = VesselnessSettings.FRANGI_1998.withDimensions(3);

	@ParameterizedTest
	@CsvSource({ "sato_s1_black, SATO, DARK, 0", "sato_s1_white, SATO, BRIGHT, 0",
		"frangi_s1_g0.3_black, FRANGI, DARK, 0.3" })
	void equalsScikitImage(final String name, final VesselnessFilter filter, final Polarity polarity, final double c) {
		final Fixture volume = Fixture.read("inputs/volume_random_f32");
		final Fixture expected = Fixture.read("skimage025/sk025_" + name + "_volume_random_f32");
		final float[] actual = Errors.values(Vesselness.compute(volume.floats(), SETTINGS.withMethod(
			HessianMethod.SCIKIT_IMAGE).withFilter(filter).withPolarity(polarity).withSigmas(List.of(1.0)).withC(c)));
		final int width = volume.width(), height = volume.height(), depth = volume.shape()[0];
		for (int z = 6; z < depth - 6; z++)
			for (int y = 6; y < height - 6; y++)
				for (int x = 6; x < width - 6; x++) {
					final int i = (z * height + y) * width + x;
					assertEquals(expected.values()[i], actual[i], 2e-6, "at " + x + ", " + y + ", " + z);
				}
	}

	/** A tube A exp(-r^2 / 2 w^2): both eigenvalues across are A w^2 / (w^2 + s^2)^2, times s^2. */
	@ParameterizedTest
	@CsvSource({ "0, 0, 1", "1, 0, 0", "1, 2, 2" })
	void tubeOfAnyDirection(final double dx, final double dy, final double dz) {
		final double w = 2.5, sigma = 2, a = 100, norm = Math.sqrt(dx * dx + dy * dy + dz * dz);
		final Img<FloatType> image = ArrayImgs.floats(41, 41, 41);
		for (int z = 0; z < 41; z++)
			for (int y = 0; y < 41; y++)
				for (int x = 0; x < 41; x++) {
					final double along = ((x - 20) * dx + (y - 20) * dy + (z - 20) * dz) / norm;
					final double r2 = Math.pow(x - 20, 2) + Math.pow(y - 20, 2) + Math.pow(z - 20, 2) - along * along;
					image.getAt(x, y, z).set((float) (-a * Math.exp(-r2 / (2 * w * w))));
				}
		final double expected = sigma * sigma * a * w * w / Math.pow(w * w + sigma * sigma, 2);
		final VesselnessSettings one = SETTINGS.withSigmas(List.of(sigma));
		final VesselnessSettings sato = one.withFilter(VesselnessFilter.SATO);
		assertEquals(expected, Vesselness.compute(image, sato).getAt(20, 20, 20).get(), 1e-4 * expected);
		assertEquals(expected, Vesselness.compute(image, sato.withPolarity(Polarity.AUTO)).getAt(20, 20, 20).get(),
			1e-4 * expected);
		// RA = 1, RB = 0, S = sqrt 2 expected = 2 c
		final double c = expected / Math.sqrt(2);
		assertEquals((1 - Math.exp(-2)) * (1 - Math.exp(-2)), Vesselness.compute(image, one.withC(c)).getAt(20, 20, 20)
			.get(), 1e-4);
	}

	/** The same tube in voxels twice as high as wide, and scales in calibrated units. */
	@Test
	void voxelsNeedNotBeCubes() {
		final double w = 2.5, sigma = 2, a = 100;
		final Img<FloatType> image = ArrayImgs.floats(41, 41, 21), response = ArrayImgs.floats(41, 41, 21);
		final Img<FloatType> scale = ArrayImgs.floats(41, 41, 21);
		for (int z = 0; z < 21; z++)
			for (int y = 0; y < 41; y++)
				for (int x = 0; x < 41; x++)
					image.getAt(x, y, z).set((float) (a * Math.exp(-(Math.pow(y - 20, 2) + Math.pow(2 * (z - 10), 2)) /
						(2 * w * w))));
		final VesselnessSettings sato = SETTINGS.withFilter(VesselnessFilter.SATO).withPolarity(Polarity.BRIGHT)
			.withSigmas(List.of(sigma / 2));
		try (TaskExecutor two = TaskExecutors.numThreads(2)) {
			Vesselness.compute(image, new double[] { 0.5, 0.5, 1 }, new VesselnessOutput(response, scale, null), sato,
				two);
		}
		final double expected = sigma * sigma * a * w * w / Math.pow(w * w + sigma * sigma, 2);
		assertEquals(expected, response.getAt(20, 20, 10).get(), 2e-3 * expected);
		assertEquals(1f, scale.getAt(20, 20, 10).get());
	}

	@ParameterizedTest
	@EnumSource(VesselnessFilter.class)
	void bothIsTheLargerOfDarkAndBright(final VesselnessFilter filter) {
		final Img<FloatType> volume = Fixture.read("inputs/volume_random_f32").floats();
		final VesselnessSettings settings = SETTINGS.withFilter(filter).withC(0.3);
		final float[] dark = Errors.values(Vesselness.compute(volume, settings));
		final float[] bright = Errors.values(Vesselness.compute(volume, settings.withPolarity(Polarity.BRIGHT)));
		final float[] both = Errors.values(Vesselness.compute(volume, settings.withPolarity(Polarity.BOTH)));
		for (int i = 0; i < both.length; i++)
			assertEquals(Math.max(dark[i], bright[i]), both[i], 1e-6);
	}

	@Test
	void threadsDoNotMatter() {
		final Img<FloatType> volume = Fixture.read("inputs/volume_random_f32").floats();
		final Img<FloatType> parallel = ArrayImgs.floats(22, 20, 18);
		try (TaskExecutor three = TaskExecutors.numThreads(3)) {
			Vesselness.compute(volume, parallel, SETTINGS, three);
		}
		assertArrayEquals(Errors.values(Vesselness.compute(volume, SETTINGS)), Errors.values(parallel));
	}

	@Test
	void directionIsRefused() {
		final Img<FloatType> v = ArrayImgs.floats(2, 2, 2);
		final VesselnessOutput output = new VesselnessOutput(v, null, v);
		final String message = assertThrows(IllegalArgumentException.class, () -> Vesselness.compute(ArrayImgs.floats(2,
			2, 2), new double[] { 1, 1, 1 }, output, SETTINGS, TaskExecutors.singleThreaded())).getMessage();
		assertTrue(message.contains("direction is for dimensions 2 only"), message);
	}

	/** [[2, 1, 0], [1, 2, 0], [0, 0, 5]] has 1, 3 and 5; a multiple of the identity has one. */
	@Test
	void eigenvalues() {
		final Eigenvalues values = new Eigenvalues();
		values.set(2, 1, 0, 2, 0, 5);
		assertArrayEquals(new double[] { 1, 3, 5 }, new double[] { values.l1, values.l2, values.l3 }, 1e-12);
		values.set(-4, 0, 0, -4, 0, -4);
		assertArrayEquals(new double[] { -4, -4, -4 }, new double[] { values.l1, values.l2, values.l3 }, 0);
		values.set(0, 0, 3, 0, 0, 0);
		assertArrayEquals(new double[] { -3, 0, 3 }, new double[] { values.l1, values.l2, values.l3 }, 1e-12);
	}

	/**
	 * Where grey changes along z alone, two are 0, and rounding must not turn them around: the root of a negative product
	 * is no number.
	 */
	@Test
	void eigenvaluesAscend() {
		final Random random = new Random(1);
		final Eigenvalues values = new Eigenvalues();
		for (int i = 0; i < 1000; i++) {
			final double zz = random.nextGaussian();
			values.set(0, 0, 0, 0, 0, zz);
			assertTrue(values.l1 <= values.l2 && values.l2 <= values.l3, values.l1 + ", " + values.l2 + ", " + values.l3);
			// The closed form leaves up to 1e-8 of a double eigenvalue, whose root this is.
			assertEquals(0, VolumeResponse.sato(values.l1, values.l2, values.l3), 1e-3);
		}
	}
}
