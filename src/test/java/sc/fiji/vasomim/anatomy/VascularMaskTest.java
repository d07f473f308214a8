package sc.fiji.vasomim.anatomy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.Gson;

import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.vasomim.vesselness.Fixture;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

class VascularMaskTest {

	@ParameterizedTest
	@ValueSource(strings = { "tree_u8", "tree512_u8" })
	void presetEqualsThePublishedPipeline(final String name) {
		final Fixture expected = Fixture.read("skimage025/sk025_official_mask_" + name);
		final Img<UnsignedByteType> mask = VascularMask.compute(Fixture.read("inputs/" + name).bytes(),
			VascularMaskSettings.VASOMIM);
		int both = 0, either = 0, i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(mask)) {
			final boolean a = expected.values()[i++] > 0, b = pixel.get() == 255;
			if (a && b) both++;
			if (a || b) either++;
		}
		assertTrue(both >= 0.999 * either, both + " of " + either);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tree_u8", "tree512_u8" })
	void truncatedSatoEqualsThePublishedPipeline(final String name) {
		final Fixture expected = Fixture.read("skimage025/sk025_official_sato8_" + name);
		int i = 0, different = 0;
		final Img<FloatType> sato = Vesselness.compute(Fixture.read("inputs/" + name).bytes(),
			VesselnessSettings.VASOMIM);
		for (int y = 0; y < expected.height(); y++)
			for (int x = 0; x < expected.width(); x++, i++) {
				final int right = expected.width() - 1 - x, bottom = expected.height() - 1 - y;
				final boolean frame = Math.min(Math.min(x, y), Math.min(right, bottom)) < 20;
				final int error = Math.abs((int) expected.values()[i] - (frame ? 0 : (int) sato.getAt(x, y).get()));
				assertTrue(error <= 1);
				different += error;
			}
		assertTrue(different <= 1e-4 * i, different + " px differ");
	}

	@Test
	void constantImageGivesAnEmptyMask() {
		final Img<UnsignedByteType> flat = ArrayImgs.unsignedBytes(64, 64);
		flat.forEach(p -> p.set(100));
		VascularMask.compute(flat, VascularMaskSettings.VASOMIM).forEach(p -> assertEquals(0, p.get()));
	}

	/** Each frame has its own percentile, and threads change nothing. */
	@Test
	void framesAreMaskedOneByOne() {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		final Img<UnsignedByteType> frames = ArrayImgs.unsignedBytes(tree.width(), tree.height(), 3);
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(frames))
			pixel.set((int) (tree.values()[i % tree.values().length] / (1 + i++ / tree.values().length)));
		final Img<UnsignedByteType> masks = ArrayImgs.unsignedBytes(tree.width(), tree.height(), 3);
		try (TaskExecutor two = TaskExecutors.fixedThreadPool(2)) {
			VascularMask.compute(frames, masks, VascularMaskSettings.VASOMIM, two);
		}
		for (int frame = 0; frame < 3; frame++) {
			final Img<UnsignedByteType> alone = VascularMask.compute(Views.hyperSlice(frames, 2, frame),
				VascularMaskSettings.VASOMIM);
			final Cursor<UnsignedByteType> expected = Views.flatIterable(alone).cursor();
			for (final UnsignedByteType pixel : Views.flatIterable(Views.hyperSlice(masks, 2, frame)))
				assertEquals(expected.next().get(), pixel.get());
		}
	}

	/** Two diagonal neighbours and a larger bar; the brightest pixel is in the small component. */
	private static final float[] RESPONSE = { //
		0, 9, 0, 0, 0, //
		5, 0, 0, 4, 0, //
		0, 0, 0, 4, 0, //
		0, 0, 0, 4, 2 };

	@ParameterizedTest
	@CsvSource({ //
		"PUBLISHED_SEED, 4, 1, 01000 00000 00000 00000", //
		"PUBLISHED_SEED, 8, 1, 01000 10000 00000 00000", //
		"LARGEST, 4, 1, 00000 00010 00010 00010", //
		"AT_LEAST, 4, 2, 00000 00010 00010 00010", //
		"AT_LEAST, 8, 2, 01000 10010 00010 00010", //
		"AT_LEAST, 8, 4, 00000 00000 00000 00000", //
		"ALL, 4, 1, 01000 10010 00010 00010" })
	void componentRules(final ComponentRule rule, final int connectivity, final int size, final String expected) {
		// 20 values, 14 of them 0: the 75th percentile is at position 14.25, between 2 and 4, so 2 falls below
		final VascularMaskSettings settings = new VascularMaskSettings(VesselnessSettings.VASOMIM, false, 0, 75, 75,
			connectivity, rule, size);
		assertEquals(expected.replace(" ", ""), flags(VascularMask.of(RESPONSE.clone(), null, 5, settings)));
	}

	/**
	 * Of the twelve values in the three columns at the right eight are 0, then come 2, 4, 4, 4: the 75th percentile, at
	 * position 8.25, is 2.5.
	 * The response of 9 and 5 outside counts for nothing.
	 */
	@Test
	void percentilesAreThoseOfTheRegion() {
		final boolean[] inside = new boolean[20];
		for (int i = 0; i < 20; i++)
			inside[i] = i % 5 >= 2;
		final VascularMaskSettings seed = new VascularMaskSettings(VesselnessSettings.VASOMIM, false, 0, 75, 75, 4,
			ComponentRule.PUBLISHED_SEED, 1);
		assertEquals("0000000010" + "0001000010", flags(VascularMask.of(RESPONSE.clone(), inside, 5, seed)));
		// The row of 4 and 2 alone: the 50th percentile of 0, 0, 0, 4, 2 is 0, and 0 is no vessel.
		final boolean[] row = new boolean[20];
		java.util.Arrays.fill(row, 15, 20, true);
		assertEquals("0000000000" + "0000000011", flags(VascularMask.of(RESPONSE.clone(), row, 5, new VascularMaskSettings(
			VesselnessSettings.VASOMIM, false, 0, 50, 50, 4, ComponentRule.ALL, 1))));
	}

	/** Per cent of the region, not of the image; nothing outside; in each frame. */
	@Test
	void aRegionLimitsTheMask() {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		final Img<NativeBoolType> region = ArrayImgs.booleans(tree.width(), tree.height());
		Views.interval(region, Intervals.createMinSize(60, 60, 100, 100)).forEach(pixel -> pixel.set(true));
		final VascularMaskSettings all = new VascularMaskSettings(VesselnessSettings.DEFAULT, false, 20, 92, 92, 8,
			ComponentRule.ALL, 1);
		final Img<UnsignedByteType> masks = ArrayImgs.unsignedBytes(tree.width(), tree.height(), 2);
		VascularMask.compute(Views.stack(tree.bytes(), tree.bytes()), masks, region, all, TaskExecutors.singleThreaded());
		for (int frame = 0; frame < 2; frame++) {
			int vessel = 0;
			final Cursor<NativeBoolType> inside = Views.flatIterable(region).cursor();
			for (final UnsignedByteType pixel : Views.flatIterable(Views.hyperSlice(masks, 2, frame))) {
				assertTrue(inside.next().get() || pixel.get() == 0);
				vessel += pixel.get() / 255;
			}
			assertEquals(800, vessel, 1);
		}
		assertMessage("the region must be of the size of a plane [224, 256], but is [256, 224]", () -> VascularMask.threshold(
			ArrayImgs.floats(224, 256), ArrayImgs.unsignedBytes(224, 256), ArrayImgs.booleans(256, 224), all, TaskExecutors
				.singleThreaded()));
		assertMessage("the region must hold a pixel or more", () -> VascularMask.threshold(ArrayImgs.floats(4, 4), ArrayImgs
			.unsignedBytes(4, 4), ArrayImgs.booleans(4, 4), all, TaskExecutors.singleThreaded()));
	}

	/** Of all 20 values: the component of 9, as without a region, and what lies outside is cut off. */
	@Test
	void aRegionCutsThePublishedMask() {
		final boolean[] top = new boolean[20], right = new boolean[20];
		java.util.Arrays.fill(top, 0, 5, true);
		for (int i = 0; i < 20; i++)
			right[i] = i % 5 >= 2;
		final VascularMaskSettings published = new VascularMaskSettings(VesselnessSettings.VASOMIM, true, 0, 75, 75, 8,
			ComponentRule.PUBLISHED_SEED, 1);
		assertEquals("0100010000" + "0000000000", flags(VascularMask.of(RESPONSE.clone(), null, 5, published)));
		assertEquals("0100000000" + "0000000000", flags(VascularMask.of(RESPONSE.clone(), top, 5, published)));
		assertEquals("0000000000" + "0000000000", flags(VascularMask.of(RESPONSE.clone(), right, 5, published)));
	}

	/** By every way: the mask of the whole image, and 0 outside. */
	@Test
	void thePublishedPresetKnowsNoRegions() {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		final Img<NativeBoolType> region = ArrayImgs.booleans(tree.width(), tree.height());
		Views.interval(region, Intervals.createMinSize(60, 60, 100, 100)).forEach(pixel -> pixel.set(true));
		final Img<UnsignedByteType> part = ArrayImgs.unsignedBytes(tree.width(), tree.height());
		VascularMask.compute(tree.bytes(), part, region, VascularMaskSettings.VASOMIM, TaskExecutors.singleThreaded());
		final byte[] expected = bytes(VascularMask.compute(tree.bytes(), VascularMaskSettings.VASOMIM));
		int i = 0, vessel = 0;
		for (final NativeBoolType inside : Views.flatIterable(region)) {
			if (!inside.get()) expected[i] = 0;
			vessel += expected[i++] & 1;
		}
		assertTrue(vessel > 100, vessel + " px");
		assertArrayEquals(expected, bytes(part));
	}

	/** 1024 x 1024 px: twice the side. 2048 x 512 px: as many pixels. */
	@Test
	void settingsGrowWithLargerImages() {
		final VascularMaskSettings standard = VascularMaskSettings.DEFAULT;
		assertEquals(standard, standard.fittedTo(512, 512));
		assertEquals(standard, standard.fittedTo(300, 300));
		final VascularMaskSettings twice = new VascularMaskSettings(standard.vesselness().withSigmas(List.of(2.0, 4.0, 6.0,
			8.0)), false, 40, 92, 92, 8, ComponentRule.AT_LEAST, 3200);
		assertEquals(twice, standard.fittedTo(1024, 1024));
		assertEquals(twice, standard.fittedTo(2048, 512));
	}

	@Test
	void typeOriginAndThreadsDoNotMatter() {
		final Fixture tree = Fixture.read("inputs/tree_u8");
		final byte[] expected = bytes(VascularMask.compute(tree.bytes(), VascularMaskSettings.DEFAULT));
		assertArrayEquals(expected, bytes(VascularMask.compute(tree.floats(), VascularMaskSettings.DEFAULT)));
		assertArrayEquals(expected, bytes(VascularMask.compute(tree.shorts(), VascularMaskSettings.DEFAULT)));
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(tree.width(), tree.height());
		try (TaskExecutor three = TaskExecutors.fixedThreadPool(3)) {
			VascularMask.compute(Views.translate(tree.bytes(), 7, -8), Views.translate(mask, -1, 2),
				VascularMaskSettings.DEFAULT, three);
		}
		assertArrayEquals(expected, bytes(mask));
		int vessel = 0;
		for (final byte pixel : expected)
			vessel += pixel & 1;
		assertTrue(vessel > 800, vessel + " px");
	}

	private static byte[] bytes(final Img<UnsignedByteType> mask) {
		final byte[] bytes = new byte[(int) mask.size()];
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(mask))
			bytes[i++] = (byte) pixel.get();
		return bytes;
	}

	/** Of the 20 values the largest is 9 and the next 5: at percentile 99 only 9 is strong, at 94 5 is too. */
	@ParameterizedTest
	@CsvSource({ "99, 4, 01000 00000 00000 00000", "94, 4, 01000 10000 00000 00000",
		"99, 8, 01000 10000 00000 00000" })
	void hysteresisDropsWeakComponents(final double strong, final int connectivity, final String expected) {
		final VascularMaskSettings settings = new VascularMaskSettings(VesselnessSettings.VASOMIM, false, 0, 75, strong,
			connectivity, ComponentRule.ALL, 1);
		assertEquals(expected.replace(" ", ""), flags(VascularMask.of(RESPONSE.clone(), null, 5, settings)));
	}

	private static String flags(final boolean[] mask) {
		final StringBuilder flags = new StringBuilder();
		for (final boolean inside : mask)
			flags.append(inside ? 1 : 0);
		return flags.toString();
	}

	@Test
	void firstOfEqualMaximaIsTheSeed() {
		final VascularMaskSettings settings = new VascularMaskSettings(VesselnessSettings.VASOMIM, false, 0, 0, 0, 4,
			ComponentRule.PUBLISHED_SEED, 1);
		assertArrayEquals(new boolean[] { true, false, false, false }, VascularMask.of(new float[] { 7, 0, 0, 7 }, null, 2,
			settings));
	}

	@Test
	void frameIsCleared() {
		final float[] response = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
		VascularMask.clearFrame(response, 4, 1);
		assertArrayEquals(new float[] { 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0 }, response);
		VascularMask.clearFrame(response, 4, 20);
		assertArrayEquals(new float[12], response);
	}

	@Test
	void settingsSurviveJson() {
		final Gson gson = new Gson();
		for (final VascularMaskSettings settings : List.of(VascularMaskSettings.DEFAULT, VascularMaskSettings.VASOMIM))
			assertEquals(settings, gson.fromJson(gson.toJson(settings), VascularMaskSettings.class));
	}

	@Test
	void settingsNameWhatIsWrong() {
		final VesselnessSettings v = VesselnessSettings.VASOMIM;
		assertMessage("vesselness must be of dimensions 2", () -> new VascularMaskSettings(v.withDimensions(3),
			true, 20, 92, 92, 4, ComponentRule.ALL, 1));
		assertMessage("here 92.0..100, but is 50.0", () -> new VascularMaskSettings(v, true, 20, 92, 50, 4,
			ComponentRule.ALL, 1));
		assertMessage("connectivity must be 4 or 8, but is 6", () -> new VascularMaskSettings(v, true, 20, 92, 92, 6,
			ComponentRule.ALL, 1));
		assertMessage("within 0..100, but is 101", () -> new VascularMaskSettings(v, true, 20, 101, 101, 4,
			ComponentRule.ALL, 1));
		assertMessage("but is -1", () -> new VascularMaskSettings(v, true, -1, 92, 92, 4, ComponentRule.ALL, 1));
		assertMessage("1 px or more, but is 0", () -> new VascularMaskSettings(v, true, 20, 92, 92, 4,
			ComponentRule.ALL, 0));
	}

	private static void assertMessage(final String part, final org.junit.jupiter.api.function.Executable call) {
		final String message = assertThrows(IllegalArgumentException.class, call).getMessage();
		assertTrue(message.contains(part), message);
	}
}
