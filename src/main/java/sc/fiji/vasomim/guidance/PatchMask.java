package sc.fiji.vasomim.guidance;

import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/**
 * Which patches of an image are hidden from the encoder.
 *
 * @param grid patches per side
 * @param masked grid x grid in raster order: hidden
 * @param guided those of the hidden that guidance chose; the others were drawn uniformly
 */
public record PatchMask(int grid, boolean[] masked, boolean[] guided) {

	public PatchMask {
		if (masked.length != grid * grid || guided.length != grid * grid) throw new IllegalArgumentException(
			"masked, guided: must have " + grid * grid + " patches, but have " + masked.length + " and " + guided.length);
	}

	/** Without any guidance: {@code hidden} patches of an image, drawn uniformly. */
	public static PatchMask uniform(final int grid, final int hidden, final long seed, final int image) {
		final boolean[] masked = new boolean[grid * grid];
		final int[] order = new CounterRandom(seed, Purpose.UNIFORM_MASK, 0, image).permutation(grid * grid);
		for (int i = 0; i < hidden; i++)
			masked[order[i]] = true;
		return new PatchMask(grid, masked, new boolean[grid * grid]);
	}

	/** How many patches guidance chose. */
	public int guidedCount() {
		return count(guided);
	}

	/** How many patches are hidden. */
	public int maskedCount() {
		return count(masked);
	}

	private static int count(final boolean[] patches) {
		return (int) IntStream.range(0, patches.length).filter(i -> patches[i]).count();
	}

	/**
	 * The share of the hidden patches that are of a kind.
	 *
	 * @param kind grid x grid, such as {@link PatchGuidance#vessel}
	 */
	public double share(final boolean[] kind) {
		return IntStream.range(0, masked.length).filter(i -> masked[i] && kind[i]).count() / (double) maskedCount();
	}

	/** The patches that the encoder sees, in raster order. */
	public long[] visible() {
		return IntStream.range(0, masked.length).filter(i -> !masked[i]).asLongStream().toArray();
	}

	/** The hidden patches as an image: size x size px, 255 in hidden ones, 0 elsewhere. */
	public RandomAccessibleInterval<UnsignedByteType> pixels(final int size) {
		final byte[] pixels = new byte[size * size];
		for (int i = 0; i < pixels.length; i++)
			if (masked[i / size * grid / size * grid + i % size * grid / size]) pixels[i] = (byte) 255;
		return ArrayImgs.unsignedBytes(pixels, size, size);
	}
}
