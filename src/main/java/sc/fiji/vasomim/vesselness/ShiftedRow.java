package sc.fiji.vasomim.vesselness;

/**
 * Copies of a row, shifted to both sides, so that a kernel along the row becomes a {@link Convolution} along columns.
 * Copying costs less than a loop that is not vectorised.
 */
final class ShiftedRow {

	/** The row itself at {@link #centre}; at centre + t what lies t strides further right. */
	final float[][] rows;

	final int centre;

	private final int stride;

	/**
	 * @param taps on each side
	 * @param stride their distance
	 * @param length of the rows, their margins included
	 */
	ShiftedRow(final int taps, final int stride, final int length) {
		centre = taps;
		this.stride = stride;
		rows = new float[2 * taps + 1][length];
	}

	/** Takes a row, for pixels from..to-1. */
	void set(final float[] row, final int from, final int to) {
		rows[centre] = row;
		for (int t = 1; t <= centre; t++) {
			System.arraycopy(row, from - t * stride, rows[centre - t], from, to - from);
			System.arraycopy(row, from + t * stride, rows[centre + t], from, to - from);
		}
	}
}
