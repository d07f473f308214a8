package sc.fiji.vasomim.vesselness;

/**
 * Copies of a row, shifted to both sides, so that a kernel along the row becomes a {@link Convolution} along columns.
 * Copying costs less than a loop that is not vectorised.
 */
final class ShiftedRow {

	/** The row itself at {@link #centre}; at centre + t what lies t further right. */
	final float[][] rows;

	final int centre;

	/** @param length of the rows, their margins included */
	ShiftedRow(final int radius, final int length) {
		centre = radius;
		rows = new float[2 * radius + 1][length];
	}

	/** Takes a row, for kernels of a radius and pixels from..to-1. */
	void set(final float[] row, final int radius, final int from, final int to) {
		rows[centre] = row;
		for (int t = 1; t <= radius; t++) {
			System.arraycopy(row, from - t, rows[centre - t], from, to - from);
			System.arraycopy(row, from + t, rows[centre + t], from, to - from);
		}
	}
}
