package sc.fiji.vasomim.guidance;

import java.util.stream.IntStream;

import sc.fiji.vasomim.inference.PatchGrid;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/**
 * Which patches of an image are hidden from the encoder.
 *
 * @param grid the image's patches
 * @param masked for each patch in raster order: hidden
 * @param guided those of the hidden that guidance chose; the others were drawn uniformly, or painted
 */
public record PatchMask(PatchGrid grid, boolean[] masked, boolean[] guided) {

	public PatchMask {
		if (masked.length != grid.patches() || guided.length != grid.patches()) throw new IllegalArgumentException(
			"masked, guided: must have " + grid.patches() + " patches, but have " + masked.length + " and " + guided.length);
	}

	/** Without any guidance. */
	public static PatchMask of(final PatchGrid grid, final boolean[] masked) {
		return new PatchMask(grid, masked, new boolean[masked.length]);
	}

	/**
	 * Without any guidance: drawn uniformly.
	 *
	 * @param hidden how many patches, at most all
	 * @param image names the draws: an image's number in a data set, or that of a plane in its stack
	 */
	public static PatchMask uniform(final PatchGrid grid, final int hidden, final long seed, final int image) {
		return first(grid, new CounterRandom(seed, Purpose.UNIFORM_MASK, 0, image).permutation(grid.patches()), hidden);
	}

	/** The first patches of an order of all. */
	static PatchMask first(final PatchGrid grid, final int[] order, final int hidden) {
		final boolean[] masked = new boolean[grid.patches()];
		for (int i = 0; i < hidden; i++)
			masked[order[i]] = true;
		return of(grid, masked);
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
	 * @param kind for each patch in raster order, such as {@link PatchGuidance#vessel}
	 */
	public double share(final boolean[] kind) {
		return IntStream.range(0, masked.length).filter(i -> masked[i] && kind[i]).count() / (double) maskedCount();
	}

	/** The patches that the encoder sees, in raster order. */
	public long[] visible() {
		return IntStream.range(0, masked.length).filter(i -> !masked[i]).asLongStream().toArray();
	}
}
