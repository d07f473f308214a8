package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.vesselness.Fixture;

class ExtractVascularAnatomyTest {

	private final CommandBench bench = new CommandBench();

	@AfterEach
	void close() {
		bench.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tree_u8", "tree512_u8" })
	void thePresetGivesThePublishedMask(final String name) {
		final ImagePlus image = new ImagePlus(name, TestImages.bytes(Fixture.read("inputs/" + name)));
		final ImagePlus mask = extract(image, "preset", "VasoMIM");
		assertEquals(8, mask.getBitDepth());
		assertTrue(overlap(Fixture.read("skimage025/sk025_official_mask_" + name).values(), mask) >= 0.999);
		assertEquals(List.of(), bench.warnings());
	}

	@Test
	void planesKeepPlaceCalibrationAndPixels() {
		final ImagePlus image = TestImages.hyperstack();
		final Object[] pixels = new Object[12];
		for (int i = 0; i < 12; i++)
			pixels[i] = ((byte[]) image.getStack().getPixels(i + 1)).clone();
		final ImagePlus mask = extract(image, "border", 5, "leastsize", 20);
		assertTrue(mask.getStack().getProcessor(1).getStats().max > 0);
		assertArrayEquals(image.getDimensions(), mask.getDimensions());
		assertEquals(TestImages.space(image), TestImages.space(mask));
		for (int i = 1; i <= 12; i++) {
			assertArrayEquals((byte[]) pixels[i - 1], (byte[]) image.getStack().getPixels(i));
			final ImagePlus alone = extract(new ImagePlus("", image.getStack().getProcessor(i)), "border", 5, "leastsize", 20);
			assertArrayEquals((byte[]) alone.getProcessor().getPixels(), (byte[]) mask.getStack().getPixels(i));
		}
	}

	@Test
	void brightVesselsAreSeenAndSaid() {
		final ImagePlus dark = new ImagePlus("dark", TestImages.bytes(Fixture.read("inputs/tree512_u8")));
		final ImagePlus bright = dark.duplicate();
		bright.getProcessor().invert();
		assertArrayEquals((byte[]) extract(dark).getProcessor().getPixels(), (byte[]) extract(bright).getProcessor()
			.getPixels());
		assertEquals(List.of("The image was inverted, so that its vessels are dark."), bench.warnings());
	}

	/** 16-bit values are scaled by percentiles first: half the contrast and an offset change next to nothing. */
	@Test
	void theDepthOfTheImageHardlyMatters() {
		final ImageProcessor tree = TestImages.bytes(Fixture.read("inputs/tree_u8"));
		final ImageProcessor deep = tree.convertToShortProcessor(false);
		deep.multiply(100);
		deep.add(1000);
		final ImagePlus mask = extract(new ImagePlus("deep", deep), "preset", "VasoMIM");
		final float[] expected = Fixture.read("skimage025/sk025_official_mask_tree_u8").values();
		assertTrue(overlap(expected, mask) > 0.9, "overlap " + overlap(expected, mask));
	}

	@Test
	void anImageWithoutVesselsIsNamed() {
		final ImagePlus mask = extract(new ImagePlus("flat", new ByteProcessor(80, 80)));
		assertEquals(0, mask.getProcessor().getStats().max);
		assertTrue(bench.warnings().contains("flat, plane 1: no vessel was found"), bench.warnings().toString());
	}

	/** By hand: "published seed" and "largest" keep one component, "all" all; none has fewer pixels than it says. */
	@Test
	void keepChoosesComponents() {
		final int seed = vessel(extract(tree(), "keep", "published seed"));
		final int largest = vessel(extract(tree(), "keep", "largest"));
		final int some = vessel(extract(tree(), "keep", "at least", "leastsize", 50));
		final int all = vessel(extract(tree(), "keep", "all"));
		assertTrue(seed <= largest && largest <= some && some <= all, seed + " " + largest + " " + some + " " + all);
		// The 97th percentile keeps 3 % of the pixels.
		final int three = vessel(extract(tree(), "keep", "all", "percentile", 97));
		assertTrue(Math.abs(three - 0.03 * 224 * 256) < 10, three + " px");
		assertEquals(0, vessel(extract(tree(), "keep", "at least", "leastsize", 1_000_000)));
		// A strong percentile below the other changes nothing: it is none.
		assertEquals(vessel(extract(tree(), "keep", "all", "percentile", 95, "strong", 95)), vessel(extract(
			tree(), "keep", "all", "percentile", 95)));
		assertTrue(vessel(extract(tree(), "keep", "all", "neighbours", "8", "strong", 99.9)) < all);
	}

	/** Each side twice as long: all lengths are doubled, but the mask stays the same. */
	@Test
	void largerImagesAreFitted() {
		final ImagePlus small = new ImagePlus("small", TestImages.bytes(Fixture.read("inputs/tree512_u8")));
		small.getProcessor().setInterpolationMethod(ImageProcessor.BICUBIC);
		final ImagePlus large = new ImagePlus("large", small.getProcessor().resize(1024, 1024));
		final ImageProcessor mask = extract(small).getProcessor();
		mask.setInterpolationMethod(ImageProcessor.NONE);
		final float[] expected = (float[]) mask.resize(1024, 1024).convertToFloat().getPixels();
		final double fitted = overlap(expected, extract(large)), fixed = overlap(expected, extract(large, "fit", false));
		assertTrue(fitted > 0.9, "overlap " + fitted);
		assertTrue(fitted > fixed, "without fitting " + fixed);
	}

	@Test
	void thePresetRefusesWhatItFixes() {
		CommandBench.assertRefused(bench.run(ExtractVascularAnatomy.class, "input", tree(), "preset", "VasoMIM", "fit", false),
			"preset: VasoMIM fixes ", "fit");
	}

	/** Without a selection. */
	private static ImagePlus tree() {
		final ImagePlus image = TestImages.tree();
		image.deleteRoi();
		return image;
	}

	private ImagePlus extract(final ImagePlus image, final Object... settings) {
		final Object[] inputs = Arrays.copyOf(new Object[] { "input", image }, 2 + settings.length);
		System.arraycopy(settings, 0, inputs, 2, settings.length);
		return (ImagePlus) bench.succeed(ExtractVascularAnatomy.class, inputs).getOutput("mask");
	}

	private static int vessel(final ImagePlus mask) {
		final int[] histogram = mask.getProcessor().getHistogram();
		assertEquals(mask.getWidth() * mask.getHeight(), histogram[0] + histogram[255]);
		return histogram[255];
	}

	/** Intersection over union. */
	private static double overlap(final float[] expected, final ImagePlus mask) {
		int both = 0;
		int either = 0;
		for (int i = 0; i < expected.length; i++) {
			final boolean a = expected[i] > 0;
			final boolean b = mask.getProcessor().get(i) == 255;
			if (a && b) both++;
			if (a || b) either++;
		}
		return both / (double) either;
	}
}
