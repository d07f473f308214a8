package sc.fiji.vasomim.quantify;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** A mask's pixels as an array, row by row. */
final class Planes {

	private Planes() {}

	/** True where a pixel is not 0. */
	static boolean[] inside(final RandomAccessibleInterval<? extends RealType<?>> mask) {
		if (mask.numDimensions() != 2) throw new IllegalArgumentException("mask: must be of 2 dimensions, but is of " + mask
			.numDimensions() + "; give one plane at a time");
		final boolean[] inside = new boolean[Math.toIntExact(mask.dimension(0) * mask.dimension(1))];
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(mask).cursor();
		for (int i = 0; i < inside.length; i++)
			inside[i] = cursor.next().getRealDouble() != 0;
		return inside;
	}
}
