package sc.fiji.vasomim.guidance;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Where an image's patches should be hidden, and why. Patches are numbered in raster order.
 *
 * @param maps where vessels are
 * @param map guidance map G, S x S, 0..1 (equation 1); 0 without guidance
 * @param grid patches per side
 * @param distribution probability of each patch (equation 2); all 0 where the map is empty
 */
public record PatchGuidance(VesselMaps maps, RandomAccessibleInterval<FloatType> map, int grid,
	float[] distribution)
{

	/** The sum of the guidance map over each patch. */
	public double[] mapSums() {
		return sums(map);
	}

	/** Patches that contain a pixel of the filter's vascular mask. */
	public boolean[] vessel() {
		final double[] sums = sums(maps.anatomy());
		final boolean[] vessel = new boolean[sums.length];
		for (int patch = 0; patch < sums.length; patch++)
			vessel[patch] = sums[patch] > 0;
		return vessel;
	}

	private double[] sums(final RandomAccessibleInterval<? extends RealType<?>> plane) {
		final int size = (int) plane.dimension(0);
		final double[] sums = new double[grid * grid];
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(plane).cursor();
		for (int i = 0; cursor.hasNext(); i++)
			sums[i / size * grid / size * grid + i % size * grid / size] += cursor.next().getRealDouble();
		return sums;
	}
}
