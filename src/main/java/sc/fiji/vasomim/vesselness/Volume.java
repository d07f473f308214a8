package sc.fiji.vasomim.vesselness;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Planes one behind the other, mirrored at all sides. */
final class Volume {

	final Plane[] planes;

	/** Rows by y and then z + marginZ, for {@link Convolution} along z. */
	final float[][][] columns;

	private final int marginZ;

	Volume(final long[] size, final int marginX, final int marginY, final int marginZ) {
		this.marginZ = marginZ;
		final int depth = (int) size[2];
		planes = new Plane[depth];
		for (int z = 0; z < depth; z++)
			planes[z] = new Plane((int) size[0], (int) size[1], marginX, marginY);
		columns = new float[(int) size[1]][depth + 2 * marginZ][];
		for (int y = 0; y < columns.length; y++)
			for (int z = -marginZ; z < depth + marginZ; z++)
				columns[y][marginZ + z] = planes[Plane.mirror(z, depth)].row(y);
	}

	/** Where a plane stands in {@link #columns}. */
	int index(final int z) {
		return marginZ + z;
	}

	/** As {@link Plane#read}, but less one value for the whole volume. */
	void read(final RandomAccessibleInterval<? extends RealType<?>> image, final float sign) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (int z = 0; z < planes.length; z++) {
			final float[] range = planes[z].read(Views.hyperSlice(image, 2, image.min(2) + z));
			min = Math.min(min, range[0]);
			max = Math.max(max, range[1]);
		}
		for (final Plane plane : planes)
			plane.centre(min, max, sign);
	}
}
