package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.inference.SegmenterSettings.Flips;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.VitUNet;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Precision;

class SegmenterTest {

	private static final List<String> VESSEL = List.of("vessel");

	private static Img<UnsignedByteType> noise(final int width, final int height) {
		final byte[] pixels = new byte[width * height];
		new Random(width).nextBytes(pixels);
		return ArrayImgs.unsignedBytes(pixels, width, height);
	}

	/** Dark lines that cross, of 5 px, on a grey that changes slowly. */
	private static Img<UnsignedByteType> lines(final int width, final int height) {
		final byte[] pixels = new byte[width * height];
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % width;
			final int y = i / width;
			final boolean line = Math.abs(y - height / 3 - x / 5) < 3 || Math.abs(x - width / 2 + y / 7) < 3;
			pixels[i] = (byte) (line ? 40 : 140 + 40 * Math.sin(x / 50.));
		}
		return ArrayImgs.unsignedBytes(pixels, width, height);
	}

	/** logit = slope * (grey - mean) / deviation + offset. */
	private static Weights linear(final int size, final float slope, final float offset) {
		return HandMadeNetwork.of(VESSEL, size, new float[] { slope }, new float[] { offset });
	}

	private static SegmentedPlane segment(final Weights weights, final SegmenterSettings settings,
		final Img<UnsignedByteType> image, final boolean probabilities)
	{
		try (Segmenter segmenter = new Segmenter(weights, Precision.FLOAT32, settings, said -> {})) {
			return segmenter.segment(image, probabilities, () -> false);
		}
	}

	private static float[] probability(final Weights weights, final SegmenterSettings settings,
		final Img<UnsignedByteType> image)
	{
		return floats(segment(weights, settings, image, false).probabilities().get(0));
	}

	private static float[] floats(final Img<FloatType> image) {
		final float[] values = new float[(int) image.size()];
		int i = 0;
		for (final FloatType value : image)
			values[i++] = value.get();
		return values;
	}

	private static int[] bytes(final Img<UnsignedByteType> image) {
		return image.stream().mapToInt(UnsignedByteType::get).toArray();
	}

	private static SegmenterSettings settings(final double scale, final int tile) {
		return new SegmenterSettings(scale, tile, Flips.NONE);
	}

	/** By hand from the definition, in one tile and in 6 x 4 of them. */
	@ParameterizedTest
	@CsvSource({ "0", "20" })
	void theProbabilityIsThatOfTheWholeImagesNormalisation(final int tile) {
		final Img<UnsignedByteType> image = noise(90, 61);
		final int[] grey = bytes(image);
		final double mean = java.util.Arrays.stream(grey).average().orElseThrow();
		final double variance = java.util.Arrays.stream(grey).mapToDouble(g -> (g - mean) * (g - mean)).average()
			.orElseThrow();
		try (Weights weights = linear(64, 3, -1)) {
			final float[] p = probability(weights, settings(1, tile), image);
			for (int i = 0; i < p.length; i++)
				assertEquals(1 / (1 + Math.exp(1 - 3 * (grey[i] - mean) / Math.sqrt(variance + 1))), p[i], 1e-4, "px " + i);
		}
	}

	@Test
	void theMaskIsWhereTheGreyIsAboveItsMean() {
		final Img<UnsignedByteType> image = noise(50, 40);
		final int[] grey = bytes(image);
		final double mean = java.util.Arrays.stream(grey).average().orElseThrow();
		try (Weights weights = linear(64, 50, 0)) {
			final SegmentedPlane plane = segment(weights, settings(1, 0), image, false);
			assertNull(plane.likeliest());
			assertArrayEquals(java.util.Arrays.stream(grey).map(g -> g > mean ? 255 : 0).toArray(), bytes(plane.labels(0.5)));
			assertTrue(java.util.Arrays.stream(bytes(plane.labels(0))).allMatch(value -> value == 255));
		}
	}

	/** Background 0.5, the first class g, the second -g: which is most likely is known by hand. */
	@ParameterizedTest
	@CsvSource({ "0", "20" })
	void ofSeveralClassesTheMostLikelyCounts(final int tile) {
		final Img<UnsignedByteType> image = noise(70, 45);
		final int[] grey = bytes(image);
		final double mean = java.util.Arrays.stream(grey).average().orElseThrow();
		final double deviation = Math.sqrt(1 + java.util.Arrays.stream(grey).mapToDouble(g -> (g - mean) * (g - mean))
			.average().orElseThrow());
		try (Weights weights = HandMadeNetwork.of(List.of("bright", "dark"), 64, new float[] { 0, 1, -1 }, new float[] { 0.5f,
			0, 0 }))
		{
			assertEquals(List.of(), segment(weights, settings(1, tile), image, false).probabilities());
			final SegmentedPlane plane = segment(weights, settings(1, tile), image, true);
			final int[] labels = bytes(plane.labels(0.9));
			final float[] bright = floats(plane.probabilities().get(0));
			final float[] dark = floats(plane.probabilities().get(1));
			for (int i = 0; i < grey.length; i++) {
				final double g = (grey[i] - mean) / deviation;
				final double sum = Math.exp(0.5) + Math.exp(g) + Math.exp(-g);
				assertEquals(Math.exp(g) / sum, bright[i], 1e-4);
				assertEquals(Math.exp(-g) / sum, dark[i], 1e-4);
				if (Math.abs(Math.abs(g) - 0.5) > 1e-3) assertEquals(g > 0.5 ? 1 : g < -0.5 ? 2 : 0, labels[i]);
			}
		}
	}

	@Test
	void aConstantAnswerStaysSoToTheBit() {
		try (Weights weights = linear(64, 0, 0.3f)) {
			final float expected = probability(weights, settings(1, 0), noise(8, 8))[0];
			assertEquals(1 / (1 + Math.exp(-0.3)), expected, 1e-6);
			for (final double scale : new double[] { 0, 0.7, 1, 2.3 })
				for (final float value : probability(weights, settings(scale, 22), noise(131, 97)))
					assertEquals(expected, value);
		}
	}

	/** What a px means depends on others up to 10 px away: tiles cut that off, fading must hide it. */
	@Test
	void tilesLeaveNoSeams() {
		final Img<UnsignedByteType> image = lines(200, 150);
		try (Weights weights = Weights.initialise(new UNet(List.of(4, 8), VESSEL, 64), 7, Device.cpu())) {
			final float[] whole = probability(weights, settings(1, 200), image);
			final float[] tiled = probability(weights, settings(1, 64), image);
			float least = 1;
			float most = 0;
			double difference = 0;
			double jump = 0;
			for (int i = 0; i < whole.length; i++) {
				least = Math.min(least, whole[i]);
				most = Math.max(most, whole[i]);
				difference = Math.max(difference, Math.abs(tiled[i] - whole[i]));
				if (i % 200 > 0) jump = Math.max(jump, Math.abs(tiled[i] - whole[i] - tiled[i - 1] + whole[i - 1]));
			}
			assertTrue(difference > 0, "tiles see less than the whole image");
			assertTrue(difference < 0.01 * (most - least), difference + " of " + (most - least));
			assertTrue(jump < 0.01 * (most - least), jump + " of " + (most - least));
		}
	}

	/** Mirroring the image mirrors the answer, if all mirrored views are in it anyway. */
	@Test
	void flipsAreTheMeanOverMirroredViews() {
		final Img<UnsignedByteType> image = lines(64, 64);
		final Img<UnsignedByteType> mirrored = ArrayImgs.unsignedBytes(64, 64);
		final int[] grey = bytes(image);
		int i = 0;
		for (final UnsignedByteType pixel : mirrored) {
			pixel.set(grey[i / 64 * 64 + 63 - i % 64]);
			i++;
		}
		try (Weights weights = Weights.initialise(new UNet(List.of(4, 8), VESSEL, 64), 7, Device.cpu())) {
			final float[] plain = logits(weights, Flips.NONE, image);
			final float[] other = logits(weights, Flips.NONE, mirrored);
			final float[] mean = logits(weights, Flips.HORIZONTAL, image);
			final float[] both = logits(weights, Flips.BOTH, mirrored);
			final float[] again = logits(weights, Flips.BOTH, image);
			for (int p = 0; p < plain.length; p++) {
				final int opposite = p / 64 * 64 + 63 - p % 64;
				assertEquals((plain[p] + other[opposite]) / 2, mean[p], 1e-4);
				assertEquals(again[p], both[opposite], 1e-4);
			}
		}
	}

	private static float[] logits(final Weights weights, final Flips flips, final Img<UnsignedByteType> image) {
		final float[] logits = probability(weights, new SegmenterSettings(1, 0, flips), image);
		for (int i = 0; i < logits.length; i++)
			logits[i] = (float) Math.log(logits[i] / (1 - logits[i]));
		return logits;
	}

	/** Half of the image is bright: wherever and however large, so is half of the mask. */
	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 1", "1, 300", "400, 1", "10, 7", "64, 64", "65, 63", "640, 200", "150, 900", "5000, 5000" })
	void imagesOfAnySizeWork(final int width, final int height) {
		final Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(width, height);
		int i = 0;
		for (final UnsignedByteType pixel : image)
			pixel.set(i++ % width >= width / 2 ? 200 : 20);
		try (Weights weights = linear(64, 9, 0)) {
			final Img<UnsignedByteType> mask = segment(weights, SegmenterSettings.DEFAULT, image, false).labels(0.5);
			assertArrayEquals(image.dimensionsAsLongArray(), mask.dimensionsAsLongArray());
			// At the border of the halves, the network's coarser px lie across it.
			final int unsure = 2 * Math.max(width, height) / 64;
			final int[] values = bytes(mask);
			for (int p = 0; width > 1 && p < values.length; p++)
				if (Math.abs(p % width - width / 2) > unsure) assertEquals(p % width > width / 2 ? 255 : 0, values[p]);
		}
	}

	@Test
	void theAnswerIsInterpolatedToTheImagesSize() {
		final Enlargement twice = new Enlargement(3, 6);
		final int[] before = new int[6];
		final float[] way = new float[6];
		for (int i = 0; i < 6; i++) {
			before[i] = twice.before(i);
			way[i] = twice.way(i);
		}
		assertArrayEquals(new int[] { 0, 0, 0, 1, 1, 2 }, before);
		assertArrayEquals(new float[] { 0, 0.25f, 0.75f, 0.25f, 0.75f, 0 }, way);
		assertEquals(List.of(0, 0, 3, 6), List.of(twice.madeOf(0), twice.madeOf(1), twice.madeOf(2), twice.madeOf(3)));
	}

	@Test
	void whatLiesOutsideOfARegionIsCleared() {
		final boolean[] inside = new boolean[50 * 40];
		java.util.Arrays.fill(inside, 0, 1000, true);
		try (Weights weights = linear(64, 0, 3)) {
			final SegmentedPlane plane = segment(weights, settings(1, 0), noise(50, 40), false);
			plane.clearOutside(ArrayImgs.booleans(inside, 50, 40));
			final int[] mask = bytes(plane.labels(0.5));
			for (int i = 0; i < mask.length; i++)
				assertEquals(i < 1000 ? 255 : 0, mask[i]);
			assertEquals(0, floats(plane.probabilities().get(0))[1000]);
		}
	}

	@Test
	void itStopsBetweenTwoTiles() {
		final List<Integer> asked = new ArrayList<>();
		try (Weights weights = linear(64, 1, 0);
				Segmenter segmenter = new Segmenter(weights, Precision.FLOAT32, settings(1, 32), said -> {}))
		{
			assertThrows(CancellationException.class, () -> segmenter.segment(noise(300, 300), false, () -> {
				asked.add(asked.size());
				return asked.size() == 5;
			}));
			assertEquals(5, asked.size());
			assertFalse(segmenter.segment(noise(30, 30), false, () -> false).probabilities().isEmpty());
		}
	}

	@ParameterizedTest
	@CsvSource({ "-1, 0, scale", "NaN, 0, scale", "2000, 0, scale", "1, -1, tile" })
	void badSettingsAreNamed(final double scale, final int tile, final String name) {
		final String message = assertThrows(IllegalArgumentException.class, () -> settings(scale, tile)).getMessage();
		assertTrue(message.startsWith(name + ": must be 0 (automatic) or "), message);
	}

	@Test
	void aScaleThatMakesTheImageHugeIsRefused() {
		try (Weights weights = linear(64, 1, 0)) {
			final String message = assertThrows(IllegalArgumentException.class, () -> segment(weights, settings(0.001, 0), noise(
				20, 20), false)).getMessage();
			assertTrue(message.startsWith("scale: 0.001 would make 20 x 20 px to more than 268435456 px."), message);
		}
	}

	@Test
	void anAnswerWithoutNumbersIsNoEmptyMask() {
		try (Weights weights = linear(32, Float.NaN, 0)) {
			final String message = assertThrows(IllegalArgumentException.class, () -> probability(weights,
				SegmenterSettings.DEFAULT, noise(40, 30))).getMessage();
			assertTrue(message.startsWith("model: its answer has values that are no numbers"), message);
		}
	}

	/** One segmenter serves the threads of a folder run. */
	@Test
	void threadsAtOnceFindWhatOneFinds() {
		final List<Img<UnsignedByteType>> images = IntStream.range(0, 12).mapToObj(i -> lines(70 + 5 * i, 90)).toList();
		final UNet network = new UNet(List.of(4, 6), VESSEL, 32);
		try (Weights weights = Weights.initialise(network, 5, Device.cpu()); Segmenter segmenter = new Segmenter(weights,
			Precision.FLOAT32))
		{
			final List<int[]> alone = images.stream().map(image -> bytes(segmenter.labels(image, 0.5))).toList();
			final List<int[]> together = images.parallelStream().map(image -> bytes(segmenter.labels(image, 0.5))).toList();
			for (int i = 0; i < images.size(); i++)
				assertArrayEquals(alone.get(i), together.get(i));
		}
	}

	/** A transformer that takes 32 x 32 px only: an image within one tile is mirrored beyond its border and cut again. */
	@Test
	void aNetworkOfOneSizeSeesAFilledTile() {
		final VitUNet network = new VitUNet(MaskedAutoencoder.Variant.TINY.forSize(32).encoder(), 2, false, VESSEL);
		try (Weights weights = Weights.initialise(network, 5, Device.cpu())) {
			final SegmenterSettings unscaled = new SegmenterSettings(1, 0, Flips.NONE);
			final Img<UnsignedByteType> small = lines(32, 20);
			final byte[] filled = new byte[32 * 32];
			final int[] seen = bytes(small);
			for (int y = 0; y < 32; y++)
				for (int x = 0; x < 32; x++)
					filled[32 * y + x] = (byte) seen[32 * (y < 20 ? y : 39 - y) + x];
			final float[] cut = probability(weights, unscaled, small);
			assertEquals(32 * 20, cut.length);
			final float[] whole = probability(weights, unscaled, ArrayImgs.unsignedBytes(filled, 32, 32));
			for (int i = 0; i < cut.length; i++)
				assertEquals(whole[i], cut[i], 1e-5);
		}
	}
}
