package sc.fiji.vasomim.guidance;

import java.util.stream.IntStream;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.inference.PatchGrid;

/**
 * Where an image's patches should be hidden, and why. Patches are numbered in raster order.
 *
 * @param maps where vessels are
 * @param map guidance map G, S x S, 0..1 (equation 1); 0 without guidance
 * @param grid of the map
 * @param distribution probability of each patch (equation 2); all 0 where the map is empty
 */
public record PatchGuidance(VesselMaps maps, RandomAccessibleInterval<FloatType> map, PatchGrid grid,
	float[] distribution)
{

	/**
	 * Equation 2 on another grid, such as that of the image before it was squeezed: each patch's share of the map, which is
	 * taken at the nearest of its pixels.
	 *
	 * @param other a grid over the whole image, of any size
	 * @return probability of each of its patches; {@link #distribution} for the map's own
	 */
	public float[] distribution(final PatchGrid other) {
		if (other.equals(grid)) return distribution;
		final double[] sums = sums(map, other);
		final double total = IntStream.range(0, sums.length).mapToDouble(i -> sums[i]).sum();
		final float[] shares = new float[sums.length];
		for (int i = 0; i < shares.length; i++)
			shares[i] = (float) (sums[i] / (total + 1e-6));
		return shares;
	}

	/** The sum of the guidance map over each patch. */
	public double[] mapSums() {
		return sums(map, grid);
	}

	/** Patches that contain a pixel of the filter's vascular mask. */
	public boolean[] vessel() {
		final double[] sums = sums(maps.anatomy(), grid);
		final boolean[] vessel = new boolean[sums.length];
		for (int patch = 0; patch < sums.length; patch++)
			vessel[patch] = sums[patch] > 0;
		return vessel;
	}

	/** The share of all patches that do. */
	public double vesselShare() {
		final boolean[] vessel = vessel();
		return IntStream.range(0, vessel.length).filter(i -> vessel[i]).count() / (double) vessel.length;
	}

	/** Over the pixels of each patch of a grid; where the plane is of another size, of its nearest pixels. */
	private static double[] sums(final RandomAccessibleInterval<? extends RealType<?>> plane, final PatchGrid grid) {
		final double[] sums = new double[grid.patches()];
		final RandomAccess<? extends RealType<?>> access = plane.randomAccess();
		for (int y = 0; y < grid.height(); y++)
			for (int x = 0; x < grid.width(); x++)
				sums[grid.at(x, y)] += access.setPositionAndGet(nearest(x, grid.width(), plane.dimension(0)), nearest(y, grid
					.height(), plane.dimension(1))).getRealDouble();
		return sums;
	}

	/** The pixel of an axis of {@code to} px below the middle of one of {@code from} px. */
	private static long nearest(final int position, final int from, final long to) {
		return (2L * position + 1) * to / (2L * from);
	}
}
