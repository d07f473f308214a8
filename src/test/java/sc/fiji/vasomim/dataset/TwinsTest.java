package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule;

class TwinsTest {

	private static final int SIDE = 100;

	private static final IntensityRule DARK = new IntensityRule(IntensityRule.Polarity.DARK);

	@TempDir
	Path folder;

	/** Training: three scenes and a blank. Validation: the second one brighter and with noise, another scene, a blank. */
	@BeforeEach
	void data() throws IOException {
		for (int i = 0; i < 3; i++)
			image("training/" + i, scene(i, 0, 0));
		image("training/blank", new byte[SIDE * SIDE]);
		image("validation/copy", scene(1, 20, 3));
		image("validation/other", scene(7, 0, 0));
		image("validation/blank", new byte[SIDE * SIDE]);
		image("validation/white", scene(0, 250, 0));
	}

	private void image(final String name, final byte[] pixels) throws IOException {
		TinyAngiograms.png(folder.resolve(name + ".png"), pixels, SIDE, SIDE);
		final byte[] mask = new byte[SIDE * SIDE];
		mask[0] = (byte) 255;
		TinyAngiograms.png(folder.resolve("masks-" + name + ".png"), mask, SIDE, SIDE);
	}

	/** Blocks of 10 x 10 px of random grey. */
	private static byte[] scene(final int seed, final int brighter, final int noise) {
		final byte[] blocks = new byte[100];
		new Random(seed).nextBytes(blocks);
		final Random random = new Random(99);
		final byte[] pixels = new byte[SIDE * SIDE];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) Math.min(255, 10 + (blocks[i / SIDE / 10 * 10 + i % SIDE / 10] & 127) + brighter +
				(int) (noise * random.nextGaussian()));
		return pixels;
	}

	private LabelledImages open(final String set) throws IOException {
		return LabelledImages.open(folder.resolve(set), folder.resolve("masks-" + set), message -> {});
	}

	private PixelCache cache(final LabelledImages images, final String name) throws IOException {
		return PixelCache.open(folder.resolve(name), images.samples(), DARK, Progress.NONE, message -> {});
	}

	@Test
	void nearCopiesAreFoundAndBlanksAreNot() throws IOException {
		try (PixelCache training = cache(open("training"), "t"); PixelCache validation = cache(open("validation"), "v")) {
			final List<Twins.Pair> twins = Twins.find(training, validation);
			assertEquals(1, twins.size(), twins.toString());
			assertEquals("1.png", twins.get(0).training());
			assertEquals("copy.png", twins.get(0).validation());
			final Exception e = assertThrows(IllegalArgumentException.class, () -> Twins.requireNone(training, validation));
			assertTrue(e.getMessage().startsWith("validation: 1 of 4 images") && e.getMessage().contains("copy.png = 1.png"),
				e.getMessage());
		}
	}

	@Test
	void twinsAreLeftOutOfTheTraining() throws IOException {
		final List<String> log = new ArrayList<>();
		final LabelledImages rest = Twins.leaveOut(open("training"), open("validation"), DARK, log::add);
		assertEquals(List.of("0.png", "2.png", "blank.png"), rest.samples().stream().map(Sample::name).toList());
		assertEquals(List.of("1 of 4 images are left out of the training, for they are also validated on: 1.png"), log);
		try (PixelCache training = cache(rest, "t"); PixelCache validation = cache(open("validation"), "v")) {
			Twins.requireNone(training, validation);
		}
		for (final String name : new String[] { "0", "2", "blank" }) {
			Files.delete(folder.resolve("training/" + name + ".png"));
		}
		assertThrows(IllegalArgumentException.class, () -> Twins.leaveOut(open("training"), open("validation"), DARK,
			log::add));
	}

	/**
	 * NumPy's corrcoef of 75 x 60 px shares-of-area means of (x x + 3 y y + x y) / 40 mod 251, and with a dark corner.
	 */
	@Test
	void correlationsAreThoseOfMeanGrey() throws IOException {
		final byte[][] images = new byte[2][75 * 60];
		for (int i = 0; i < 75 * 60; i++) {
			final int x = i % 75, y = i / 75;
			images[0][i] = (byte) ((x * x + 3 * y * y + x * y) / 40 % 251);
			images[1][i] = x < 20 && y < 20 ? 0 : images[0][i];
		}
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			TinyAngiograms.png(folder.resolve(i + ".png"), images[i], 75, 60);
			samples.add(new Sample(String.valueOf(i), folder.resolve(i + ".png"), null));
		}
		final Thumbnails thumbnails = Thumbnails.of(samples, DARK);
		assertEquals(0.9975655102017706, thumbnails.correlation(0, thumbnails, 1), 1e-6);
		assertEquals(1, thumbnails.correlation(1, thumbnails, 1), 1e-6);
	}
}
