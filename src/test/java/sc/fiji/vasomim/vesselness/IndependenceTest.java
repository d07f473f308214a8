package sc.fiji.vasomim.vesselness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Threads, frames, image type and origin change no bit. */
class IndependenceTest {

	private static final VesselnessSettings FRANGI = VesselnessSettings.FRANGI_1998;

	private static float[] expected() {
		return Errors.values(Vesselness.compute(Fixture.read("inputs/tree_u8").floats(), FRANGI));
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 100 })
	void threadsDoNotMatter(final int threads) {
		final Img<FloatType> output = ArrayImgs.floats(224, 256);
		try (TaskExecutor executor = TaskExecutors.fixedThreadPool(threads)) {
			Vesselness.compute(Fixture.read("inputs/tree_u8").bytes(), output, FRANGI, executor);
		}
		assertArrayEquals(expected(), Errors.values(output));
	}

	/** Wider than the blocks of columns that are done at once. */
	@Test
	void wideImagesDoNotShowTheirBlocks() {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		final int width = 224, height = 256, times = 10;
		final Img<FloatType> wide = ArrayImgs.floats(width * times, height), tall = ArrayImgs.floats(height, width *
			times);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width * times; x++) {
				wide.getAt(x, y).set(tree.values()[y * width + x % width]);
				tall.getAt(y, x).set(tree.values()[y * width + x % width]);
			}
		final VesselnessSettings sato = FRANGI.withFilter(VesselnessFilter.SATO);
		final Img<FloatType> a = Vesselness.compute(wide, sato), b = Vesselness.compute(tall, sato);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width * times; x++)
				assertEquals(b.getAt(y, x).get(), a.getAt(x, y).get(), 1e-4);
	}

	@Test
	void typeAndOriginDoNotMatter() {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		assertArrayEquals(expected(), Errors.values(Vesselness.compute(tree.bytes(), FRANGI)));
		assertArrayEquals(expected(), Errors.values(Vesselness.compute(tree.shorts(), FRANGI)));
		assertArrayEquals(expected(), Errors.values(Vesselness.compute(Views.translate(tree.bytes(), -5, 9), FRANGI)));
	}

	/** One c for the run: that of its strongest frame. */
	@Test
	void framesShareTheirC() {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		final Img<UnsignedByteType> frames = ArrayImgs.unsignedBytes(224, 256, 2, 2);
		final float[] weak = tree.values().clone();
		for (int i = 0; i < weak.length; i++)
			weak[i] = (int) (weak[i] / 2);
		final float[][] parts = { weak, tree.values(), weak, weak };
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(frames)) {
			pixel.set((int) parts[i / weak.length][i % weak.length]);
			i++;
		}
		final Img<FloatType> output = ArrayImgs.floats(224, 256, 2, 2);
		try (TaskExecutor two = TaskExecutors.fixedThreadPool(2)) {
			Vesselness.compute(frames, output, FRANGI, two);
		}
		final float[] all = Errors.values(output);
		assertArrayEquals(expected(), Arrays.copyOfRange(all, weak.length, 2 * weak.length));
		assertArrayEquals(Arrays.copyOfRange(all, 0, weak.length), Arrays.copyOfRange(all, 2 * weak.length, 3 *
			weak.length));
	}

	@ParameterizedTest
	@EnumSource(VesselnessFilter.class)
	void invertedImageWithOppositePolarity(final VesselnessFilter filter) {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		final VesselnessSettings settings = FRANGI.withFilter(filter);
		final Img<FloatType> inverted = tree.floats();
		inverted.forEach(p -> p.set(255 - p.get()));
		final float[] dark = Errors.values(Vesselness.compute(tree.floats(), settings));
		assertArrayEquals(dark, Errors.values(Vesselness.compute(inverted, settings.withPolarity(Polarity.BRIGHT))));
		assertArrayEquals(dark, Errors.values(Vesselness.compute(inverted, settings.withPolarity(Polarity.AUTO))));
		assertArrayEquals(dark, Errors.values(Vesselness.compute(tree.floats(), settings.withPolarity(Polarity.AUTO))));
	}

	@Test
	void errorsOfOtherThreadsArriveAsTheyAre() {
		final Img<FloatType> frames = ArrayImgs.floats(4, 4, 3);
		frames.getAt(1, 2, 2).set(Float.NaN);
		try (TaskExecutor two = TaskExecutors.fixedThreadPool(2)) {
			assertThrows(IllegalArgumentException.class, () -> Vesselness.compute(frames, ArrayImgs.floats(4, 4, 3),
				FRANGI, two));
		}
	}
}
