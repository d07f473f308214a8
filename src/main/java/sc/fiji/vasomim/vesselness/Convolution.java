package sc.fiji.vasomim.vesselness;

/**
 * Symmetric kernels along columns, one output row at a time. HotSpot's C2 turns a loop into vector code only if all
 * arrays share one index and the body is small; hence rows as arrays of their own, three tap pairs a loop, and a
 * transposition instead of a loop along the row.
 */
final class Convolution {

	private Convolution() {}

	/** out[x] = k[0] rows[y][x] + sum of k[t] (rows[y + t][x] + rows[y - t][x]), for x below n. */
	static void even(final float[][] rows, final int y, final float[] k, final float[] out, final int n) {
		first(rows[y], k[0], out, n);
		int t = 1;
		for (; t + 2 < k.length; t += 3)
			add3(rows[y - t], rows[y + t], k[t], rows[y - t - 1], rows[y + t + 1], k[t + 1], rows[y - t - 2],
				rows[y + t + 2], k[t + 2], out, n);
		for (; t < k.length; t++)
			add(rows[y - t], rows[y + t], k[t], out, n);
	}

	/** out[x] = sum of k[t] (rows[y + t][x] - rows[y - t][x]), for x below n. */
	static void odd(final float[][] rows, final int y, final float[] k, final float[] out, final int n) {
		first(rows[y], 0, out, n);
		int t = 1;
		for (; t + 2 < k.length; t += 3)
			subtract3(rows[y - t], rows[y + t], k[t], rows[y - t - 1], rows[y + t + 1], k[t + 1], rows[y - t - 2],
				rows[y + t + 2], k[t + 2], out, n);
		for (; t < k.length; t++)
			subtract(rows[y - t], rows[y + t], k[t], out, n);
	}

	private static void first(final float[] a, final float k, final float[] out, final int n) {
		for (int x = 0; x < n; x++)
			out[x] = k * a[x];
	}

	private static void add(final float[] a, final float[] b, final float k, final float[] out, final int n) {
		for (int x = 0; x < n; x++)
			out[x] += k * (a[x] + b[x]);
	}

	private static void add3(final float[] a1, final float[] b1, final float k1, final float[] a2, final float[] b2,
		final float k2, final float[] a3, final float[] b3, final float k3, final float[] out, final int n)
	{
		for (int x = 0; x < n; x++)
			out[x] += k1 * (a1[x] + b1[x]) + k2 * (a2[x] + b2[x]) + k3 * (a3[x] + b3[x]);
	}

	private static void subtract(final float[] a, final float[] b, final float k, final float[] out, final int n) {
		for (int x = 0; x < n; x++)
			out[x] += k * (b[x] - a[x]);
	}

	private static void subtract3(final float[] a1, final float[] b1, final float k1, final float[] a2,
		final float[] b2, final float k2, final float[] a3, final float[] b3, final float k3, final float[] out,
		final int n)
	{
		for (int x = 0; x < n; x++)
			out[x] += k1 * (b1[x] - a1[x]) + k2 * (b2[x] - a2[x]) + k3 * (b3[x] - a3[x]);
	}
}
