package sc.fiji.vasomim.checkpoint;

/**
 * Bicubic resizing of planes in double precision, as PyTorch's {@code interpolate(mode="bicubic",
 * align_corners=False)}: cubic convolution (Keys 1981) with a = -0.75, edges repeated, no smoothing before shrinking.
 * Each new row is a fixed mix of the old rows, and so for columns.
 */
final class Bicubic {

	private static final double A = -0.75;

	private static final int TAPS = 4;

	/** Of each new sample, the four old ones that make it and their weights. */
	private final int[][] sources;

	private final double[][] weights;

	private final int from;

	private final int to;

	/** @param from, to side of square planes before and after */
	Bicubic(final int from, final int to) {
		this.from = from;
		this.to = to;
		sources = new int[to][TAPS];
		weights = new double[to][TAPS];
		for (int i = 0; i < to; i++) {
			final double centre = (i + 0.5) * from / to - 0.5;
			final int floor = (int) Math.floor(centre);
			for (int k = 0; k < TAPS; k++) {
				sources[i][k] = Math.max(0, Math.min(from - 1, floor - 1 + k));
				weights[i][k] = cubic(Math.abs(centre - floor + 1 - k));
			}
		}
	}

	/** Keys' kernel at a distance in 0..2. */
	private static double cubic(final double x) {
		if (x <= 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
		return x >= 2 ? 0 : ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
	}

	/**
	 * Resizes a plane of {@code values}.
	 *
	 * @param start index of its first sample
	 * @param step from one sample to the next
	 * @param resized takes the new plane
	 * @param resizedStart, resizedStep where, in the same way
	 */
	void resize(final float[] values, final int start, final int step, final float[] resized, final int resizedStart,
		final int resizedStep)
	{
		final double[] rows = new double[to * from];
		for (int y = 0; y < to; y++)
			for (int x = 0; x < from; x++)
				for (int k = 0; k < TAPS; k++)
					rows[y * from + x] += weights[y][k] * values[start + (sources[y][k] * from + x) * step];
		for (int y = 0; y < to; y++)
			for (int x = 0; x < to; x++) {
				double sum = 0;
				for (int k = 0; k < TAPS; k++) sum += weights[x][k] * rows[y * from + sources[x][k]];
				resized[resizedStart + (y * to + x) * resizedStep] = (float) sum;
			}
	}

	/**
	 * A position table for another number of patches.
	 *
	 * @param table N x D, N the rows before the patches and from x from patches
	 * @param width D
	 * @param before rows that stay as they are: 1 for a class token, or 0
	 */
	float[] positions(final float[] table, final int width, final int before) {
		final float[] resized = new float[(before + to * to) * width];
		System.arraycopy(table, 0, resized, 0, before * width);
		for (int c = 0; c < width; c++) resize(table, before * width + c, width, resized, before * width + c, width);
		return resized;
	}

	/** Patch kernels of another side. @param kernels any number of planes, from x from each, one after the other */
	float[] kernels(final float[] kernels) {
		final int planes = kernels.length / (from * from);
		final float[] resized = new float[planes * to * to];
		for (int p = 0; p < planes; p++) resize(kernels, p * from * from, 1, resized, p * to * to, 1);
		return resized;
	}
}
