package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/** With the network of reference/pretraining: 64 px, 8 x 8 patches of 8 px. */
class ReconstructorTest {

	private static final int PATCH = 8;

	private static Reference reference;

	private static Weights weights;

	private static Reconstructor reconstructor;

	@BeforeAll
	static void open() throws IOException {
		reference = new Reference("pretraining");
		weights = Weights.read(new MaskedAutoencoder(64, PATCH, 24, 2, 3, 16, 2, 4), reference.file(), Device.cpu());
		reconstructor = new Reconstructor(weights);
	}

	@AfterAll
	static void close() throws IOException {
		reconstructor.close();
		weights.close();
		reference.close();
	}

	/** The numbers of PyTorch in double precision, rounded to grey levels. */
	@Test
	void anImageOfTheNetworksSizeIsOneWindow() throws IOException {
		final double[] images = reference.values("in.image");
		final double[] keep = reference.values("out.keep");
		final double[] expected = reference.values("out.grey");
		for (int image = 0; image < 3; image++) {
			final byte[] pixels = new byte[64 * 64];
			for (int i = 0; i < pixels.length; i++)
				pixels[i] = (byte) images[image * pixels.length + i];
			final boolean[] hidden = new boolean[64];
			Arrays.fill(hidden, true);
			for (int i = 0; i < keep.length / 3; i++)
				hidden[(int) keep[image * keep.length / 3 + i]] = false;
			final byte[] decoded = bytes(reconstructor.reconstruct(ArrayImgs.unsignedBytes(pixels, 64, 64), hidden,
				PatchStatistics.ORIGINAL).decoded());
			for (int i = 0; i < pixels.length; i++)
				assertEquals(expected[image * pixels.length + i], decoded[i] & 255, 0.501, "pixel " + i);
		}
	}

	/** 96 px are 12 patches: windows begin at patch 0 and 4 and share four columns. */
	@Test
	void overlappingWindowsAreAveraged() {
		final RandomAccessibleInterval<UnsignedByteType> image = image(96, 64, ReconstructorTest::noise);
		final boolean[] hidden = random(96);
		final RandomAccessibleInterval<UnsignedByteType> whole = original(image, hidden);
		final RandomAccessibleInterval<UnsignedByteType> left = original(Views.interval(image, new long[] { 0, 0 },
			new long[] { 63, 63 }), columns(hidden, 0));
		final RandomAccessibleInterval<UnsignedByteType> right = original(Views.interval(image, new long[] { 32, 0 },
			new long[] { 95, 63 }), columns(hidden, 4));
		double apart = 0;
		for (int y = 0; y < 64; y++)
			for (int x = 0; x < 96; x++) {
				final double a = x < 64 ? left.getAt(x, y).get() : Double.NaN;
				final double b = x >= 32 ? right.getAt(x - 32, y).get() : Double.NaN;
				if (x >= 32 && x < 64) apart = Math.max(apart, Math.abs(a - b));
				// Each window's result was rounded before.
				final double expected = x < 32 ? a : x >= 64 ? b : (a + b) / 2;
				assertEquals(expected, whole.getAt(x, y).get(), 1.001, x + ", " + y);
			}
		assertTrue(apart > 5, "the windows see different things: " + apart);
	}

	private static boolean[] columns(final boolean[] hidden, final int first) {
		final boolean[] part = new boolean[64];
		for (int i = 0; i < part.length; i++)
			part[i] = hidden[i / 8 * 12 + first + i % 8];
		return part;
	}

	/** Also where the image ends inside a patch, and where it is smaller than the network's window. */
	@ParameterizedTest
	@CsvSource({ "96, 64", "83, 70", "65, 64", "30, 41", "9, 3" })
	void nothingOfAHiddenPatchIsUsedIfStatisticsAreInterpolated(final int width, final int height) {
		final RandomAccessibleInterval<UnsignedByteType> image = image(width, height, ReconstructorTest::noise);
		final PatchGrid grid = reconstructor.grid(width, height);
		final boolean[] hidden = random(grid.patches());
		final RandomAccessibleInterval<UnsignedByteType> other = image(width, height, (x, y) -> hidden[grid.at(x, y)]
			? x * 7 % 256 : noise(x, y));
		assertFalse(Arrays.equals(bytes(image), bytes(other)));
		final Reconstruction one = reconstructor.reconstruct(image, hidden, PatchStatistics.INTERPOLATED);
		final Reconstruction two = reconstructor.reconstruct(other, hidden, PatchStatistics.INTERPOLATED);
		assertArrayEquals(bytes(one.decoded()), bytes(two.decoded()));
		assertArrayEquals(bytes(one.infill()), bytes(two.infill()));
		assertFalse(Arrays.equals(bytes(original(image, hidden)), bytes(original(other, hidden))), "the original is used");
	}

	/** On a ramp, the linear in-fill has the hidden patches' mean, and all patches have one contrast. */
	@Test
	void onARampInterpolatedStatisticsAreTheOriginals() {
		final RandomAccessibleInterval<UnsignedByteType> ramp = image(96, 64, (x, y) -> 20 + 2 * x);
		final boolean[] hidden = new boolean[96];
		for (final int patch : new int[] { 13, 14, 29, 54, 55, 90 })
			hidden[patch] = true;
		final byte[] expected = bytes(original(ramp, hidden));
		final byte[] actual = bytes(reconstructor.reconstruct(ramp, hidden, PatchStatistics.INTERPOLATED).decoded());
		for (int i = 0; i < expected.length; i++)
			assertEquals(expected[i] & 255, actual[i] & 255, 1);
	}

	@Test
	void visiblePixelsStayWhereTheHiddenAreFilledIn() {
		final RandomAccessibleInterval<UnsignedByteType> image = image(70, 50, ReconstructorTest::noise);
		final boolean[] hidden = random(63);
		final Reconstruction result = reconstructor.reconstruct(image, hidden, PatchStatistics.ORIGINAL);
		for (int y = 0; y < 50; y++)
			for (int x = 0; x < 70; x++) {
				final boolean inHidden = hidden[y / 8 * 9 + x / 8];
				assertEquals((inHidden ? result.decoded() : image).getAt(x, y).get(), result.filled().getAt(x, y).get());
				assertEquals(inHidden ? 255 : 0, result.hiddenPixels().getAt(x, y).get());
			}
		assertEquals(31, result.hiddenPatches());
	}

	@Test
	void aHoleLargerThanTheWindowIsRefused() {
		final RandomAccessibleInterval<UnsignedByteType> image = image(160, 64, ReconstructorTest::noise);
		final boolean[] hidden = new boolean[160];
		for (int i = 0; i < hidden.length; i++)
			hidden[i] = i % 20 > 0;
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> original(image, hidden));
		assertTrue(e.getMessage().startsWith("hidden: ") && e.getMessage().contains("64 x 64 px at a time") && e.getMessage()
			.contains("resolution=network"), e.getMessage());
	}

	private static RandomAccessibleInterval<UnsignedByteType> original(
		final RandomAccessibleInterval<UnsignedByteType> image, final boolean[] hidden)
	{
		return reconstructor.reconstruct(image, hidden, PatchStatistics.ORIGINAL).decoded();
	}

	/** Half of the patches, rounded down, but at least one. */
	private static boolean[] random(final int patches) {
		final boolean[] hidden = new boolean[patches];
		final int[] order = new CounterRandom(3, Purpose.UNIFORM_MASK, 0, 0).permutation(patches);
		for (int i = 0; i < Math.max(1, patches / 2); i++)
			hidden[order[i]] = true;
		return hidden;
	}

	private static int noise(final int x, final int y) {
		return (x * x * 31 + y * 47 + x * y * 13) % 251;
	}

	private static RandomAccessibleInterval<UnsignedByteType> image(final int width, final int height,
		final IntBinaryOperator value)
	{
		final byte[] pixels = new byte[width * height];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) value.applyAsInt(i % width, i / width);
		return ArrayImgs.unsignedBytes(pixels, width, height);
	}

	private static byte[] bytes(final RandomAccessibleInterval<UnsignedByteType> image) {
		final byte[] bytes = new byte[(int) (image.dimension(0) * image.dimension(1))];
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(image))
			bytes[i++] = pixel.getByte();
		return bytes;
	}
}
