package sc.fiji.vasomim.skeleton;

/**
 * Distances from a mask's pixels to the nearest pixel that is not of it, centre to centre, exact. What lies beyond the
 * image is not of the mask.
 */
final class VesselRadius {

	private final int width;

	private final double pixelWidth;

	private final double pixelHeight;

	/** For each pixel how many rows the nearest pixel of its column lies away that is not of the mask. */
	private final int[] rows;

	/** @param mask in row order */
	VesselRadius(final boolean[] mask, final int width, final double pixelWidth, final double pixelHeight) {
		this.width = width;
		this.pixelWidth = pixelWidth;
		this.pixelHeight = pixelHeight;
		rows = new int[mask.length];
		for (int i = 0; i < rows.length; i++)
			rows[i] = mask[i] ? 1 + (i < width ? 0 : rows[i - width]) : 0;
		for (int i = rows.length - 1; i >= 0; i--)
			if (mask[i]) rows[i] = Math.min(rows[i], 1 + (i >= rows.length - width ? 0 : rows[i + width]));
	}

	/** Of a pixel of the mask; looks only at columns nearer than the result. */
	double at(final int x, final int y) {
		double nearest = Double.POSITIVE_INFINITY;
		for (int step = 0; step * pixelWidth < nearest; step++)
			nearest = Math.min(nearest, Math.min(through(x - step, y, step), through(x + step, y, step)));
		return nearest;
	}

	private double through(final int column, final int y, final int step) {
		final int away = column < 0 || column >= width ? 0 : rows[y * width + column];
		return Math.hypot(step * pixelWidth, away * pixelHeight);
	}
}
