package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.BooleanType;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Results in a part of the image only. */
class RegionTest {

	private static final VesselnessSettings FIXED_C = VesselnessSettings.FRANGI_1998.withC(15);

	private static final int WIDTH = 224, HEIGHT = 256;

	/** It touches the left border. */
	private static final Img<NativeBoolType> DISC = disc();

	private static Img<NativeBoolType> disc() {
		final Img<NativeBoolType> region = ArrayImgs.booleans(WIDTH, HEIGHT);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				region.getAt(x, y).set(Math.hypot(x - 30, y - 120) < 40);
		return region;
	}

	private static VesselnessOutput output(final long... size) {
		return new VesselnessOutput(ArrayImgs.floats(size), ArrayImgs.floats(size), size.length == 2 ? ArrayImgs.floats(
			size) : null);
	}

	private static VesselnessOutput compute(final RandomAccessibleInterval<FloatType> input,
		final RandomAccessibleInterval<? extends BooleanType<?>> region, final VesselnessSettings settings)
	{
		final VesselnessOutput output = output(input.dimensionsAsLongArray());
		output.images().forEach(image -> image.forEach(pixel -> pixel.set(-7)));
		final double[] square = settings.dimensions() == 2 ? new double[] { 1, 1 } : new double[] { 1, 1, 1 };
		Vesselness.compute(input, square, output, region, settings, TaskExecutors.singleThreaded());
		return output;
	}

	/** The filter does not see the region's edge; outside is 0. */
	@ParameterizedTest
	@EnumSource(HessianMethod.class)
	void insideIsWhatTheWholeImageGives(final HessianMethod method) {
		final Img<FloatType> tree = Fixture.read("inputs/tree_u8").floats();
		final VesselnessSettings sato = FIXED_C.withMethod(method).withFilter(VesselnessFilter.SATO);
		final RandomAccessibleInterval<FloatType> whole = compute(tree, null, sato).response();
		final VesselnessOutput part = compute(tree, DISC, sato);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				if (DISC.getAt(x, y).get()) assertEquals(whole.getAt(x, y).get(), part.response().getAt(x, y).get(), 1e-4);
				else for (final var image : part.images().toList())
					assertEquals(0, image.getAt(x, y).get());
	}

	@Test
	void scaleAndDirectionAreThoseOfTheWholeImage() {
		final Img<FloatType> tree = Fixture.read("inputs/tree_u8").floats();
		final List<RandomAccessibleInterval<FloatType>> whole = compute(tree, null, FIXED_C).images().toList();
		final List<RandomAccessibleInterval<FloatType>> part = compute(tree, DISC, FIXED_C).images().toList();
		int inside = 0, same = 0;
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				if (!DISC.getAt(x, y).get()) continue;
				inside++;
				boolean equal = true;
				for (int i = 0; i < whole.size(); i++)
					equal &= Math.abs(whole.get(i).getAt(x, y).get() - part.get(i).getAt(x, y).get()) < 1e-3;
				if (equal) same++;
			}
		// Where two scales or two directions answer alike, rounding decides.
		assertTrue(same > 0.99 * inside, same + " of " + inside);
	}

	/** Of two ridges, one a hundredth as deep: within its region it is the strongest, V = 1 - exp(-2) by hand. */
	@Test
	void theAutomaticCIsThatOfTheRegion() {
		final Img<FloatType> image = ridges(-100, -1);
		final Img<NativeBoolType> weak = columns(130, 170);
		final double c = VesselnessSettings.FRANGI_1998.cPercentile();
		assertEquals(100, c);
		final VesselnessSettings one = VesselnessSettings.FRANGI_1998.withSigmas(List.of(2.0));
		assertEquals(1 - Math.exp(-2), compute(image, weak, one).response().getAt(150, 20).get(), 1e-4);
		assertEquals(1 - Math.exp(-2e-4), compute(image, null, one).response().getAt(150, 20).get(), 1e-6);
	}

	@Test
	void thePolarityIsThatOfTheRegion() {
		final Img<FloatType> image = ridges(-100, 1);
		final VesselnessSettings auto = FIXED_C.withPolarity(Polarity.AUTO).withFilter(VesselnessFilter.SATO);
		assertEquals(0, compute(image, null, auto).response().getAt(150, 20).get(), 1e-4);
		assertTrue(compute(image, columns(130, 170), auto).response().getAt(150, 20).get() > 0.1);
	}

	/** Ridges of width 2 along y, at x = 50 and x = 150. */
	private static Img<FloatType> ridges(final double first, final double second) {
		final Img<FloatType> image = ArrayImgs.floats(200, 40);
		for (int y = 0; y < 40; y++)
			for (int x = 0; x < 200; x++)
				image.getAt(x, y).set((float) (first * Math.exp(-Math.pow(x - 50, 2) / 8) + second * Math.exp(-Math.pow(x -
					150, 2) / 8)));
		return image;
	}

	private static Img<NativeBoolType> columns(final int from, final int to) {
		final Img<NativeBoolType> region = ArrayImgs.booleans(200, 40);
		for (int y = 0; y < 40; y++)
			for (int x = from; x < to; x++)
				region.getAt(x, y).set(true);
		return region;
	}

	/** One c for both frames: half the largest norm within the region. */
	@Test
	void framesShareTheRegionAndItsC() {
		final Img<FloatType> weak = ridges(-100, -1), strong = ridges(-100, -4);
		final RandomAccessibleInterval<FloatType> frames = Views.stack(weak, strong);
		final VesselnessSettings one = VesselnessSettings.FRANGI_1998.withSigmas(List.of(2.0));
		final RandomAccessibleInterval<FloatType> response = Views.translate(ArrayImgs.floats(200, 40, 2), 3, 4, 5);
		Vesselness.compute(frames, new double[] { 1, 1 }, new VesselnessOutput(response, null, null), Views.translate(columns(
			130, 170), -9, 9), one, TaskExecutors.singleThreaded());
		assertEquals(1 - Math.exp(-2), response.getAt(153, 24, 6).get(), 1e-4);
		assertEquals(1 - Math.exp(-2 / 16.0), response.getAt(153, 24, 5).get(), 1e-4);
		assertEquals(0, response.getAt(53, 24, 6).get());
	}

	@Test
	void volumesHaveRegionsToo() {
		final Img<FloatType> volume = ArrayImgs.floats(40, 30, 20);
		for (int z = 0; z < 20; z++)
			for (int y = 0; y < 30; y++)
				for (int x = 0; x < 40; x++)
					volume.getAt(x, y, z).set((float) (-100 * Math.exp(-(Math.pow(x - 20, 2) + Math.pow(y - z, 2) / 2) / 8)));
		final Img<NativeBoolType> region = ArrayImgs.booleans(40, 30, 20);
		for (int z = 8; z < 14; z++)
			for (int y = 5; y < 20; y++)
				region.getAt(20, y, z).set(true);
		final VesselnessSettings settings = FIXED_C.withDimensions(3).withSigmas(List.of(1.0, 2.0));
		final RandomAccessibleInterval<FloatType> whole = compute(volume, null, settings).response();
		final RandomAccessibleInterval<FloatType> part = compute(volume, region, settings).response();
		for (int y = 0; y < 30; y++)
			for (int z = 0; z < 20; z++)
				assertEquals(region.getAt(20, y, z).get() ? whole.getAt(20, y, z).get() : 0, part.getAt(20, y, z).get(), 1e-5);
		assertTrue(part.getAt(20, 10, 10).get() > 0.1);
	}

	/** So a small region of a large image costs little. */
	@Test
	void whatIsFarAwayIsNotRead() {
		final Img<FloatType> image = ridges(-100, -1);
		final float[] expected = Errors.values((Img<FloatType>) compute(image, columns(130, 170), FIXED_C).response());
		image.getAt(20, 20).set(Float.NaN);
		assertArrayEquals(expected, Errors.values((Img<FloatType>) compute(image, columns(130, 170), FIXED_C).response()),
			1e-5f);
		image.getAt(129, 20).set(Float.NaN);
		assertThrows(IllegalArgumentException.class, () -> compute(image, columns(130, 170), FIXED_C));
	}

	@Test
	void badRegionsAreNamed() {
		final Img<FloatType> image = ArrayImgs.floats(5, 4);
		assertMessage("the region must be of the size of a frame, 5 x 4, but is 4 x 5", image, ArrayImgs.booleans(4, 5));
		assertMessage("the region must be of the size of a frame, 5 x 4, but is 5 x 4 x 1", image, ArrayImgs.booleans(5, 4,
			1));
		assertMessage("the region must hold a pixel or more", image, ArrayImgs.booleans(5, 4));
	}

	private static void assertMessage(final String part, final Img<FloatType> image, final Img<NativeBoolType> region) {
		final String message = assertThrows(IllegalArgumentException.class, () -> compute(image, region, FIXED_C))
			.getMessage();
		assertTrue(message.contains(part), message);
	}
}
