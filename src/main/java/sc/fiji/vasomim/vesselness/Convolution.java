package sc.fiji.vasomim.vesselness;

/**
 * Symmetric kernels along columns, one output row at a time. HotSpot's C2 turns a loop into vector code only if all
 * arrays share one index and the body is small; hence rows as arrays of their own and at most three tap pairs a loop
 * (with four, it runs five times slower).
 */
final class Convolution {

	private Convolution() {}

	/** out[x] = k[0] rows[y][x] + sum of k[t] (rows[y + t][x] + rows[y - t][x]), for x from..to-1. */
	static void even(final float[][] rows, final int y, final float[] k, final float[] out, final int from,
		final int to)
	{
		even(rows, y, k, 1, out, from, to);
	}

	/** The same of the rows y + stride t and y - stride t. */
	static void even(final float[][] rows, final int y, final float[] k, final int stride, final float[] out,
		final int from, final int to)
	{
		final int s = stride;
		int t = (k.length - 1) % 3 + 1;
		if (t == 1) sum0(rows[y], k[0], out, from, to);
		if (t == 2) sum1(rows[y], k[0], rows[y - s], rows[y + s], k[1], out, from, to);
		if (t == 3) sum2(rows[y], k[0], rows[y - s], rows[y + s], k[1], rows[y - 2 * s], rows[y + 2 * s], k[2], out,
			from, to);
		for (; t < k.length; t += 3)
			addSums(rows[y - t * s], rows[y + t * s], k[t], rows[y - (t + 1) * s], rows[y + (t + 1) * s], k[t + 1],
				rows[y - (t + 2) * s], rows[y + (t + 2) * s], k[t + 2], out, from, to);
	}

	/** out[x] = sum of k[t] (rows[y + t][x] - rows[y - t][x]), for x from..to-1; k[0] counts as 0. */
	static void odd(final float[][] rows, final int y, final float[] k, final float[] out, final int from,
		final int to)
	{
		int t = (k.length - 1) % 3 + 1;
		if (t == 1) sum0(rows[y], 0, out, from, to);
		if (t == 2) difference1(rows[y - 1], rows[y + 1], k[1], out, from, to);
		if (t == 3) difference2(rows[y - 1], rows[y + 1], k[1], rows[y - 2], rows[y + 2], k[2], out, from, to);
		for (; t < k.length; t += 3)
			addDifferences(rows[y - t], rows[y + t], k[t], rows[y - t - 1], rows[y + t + 1], k[t + 1],
				rows[y - t - 2], rows[y + t + 2], k[t + 2], out, from, to);
	}

	private static void sum0(final float[] c, final float k0, final float[] out, final int from, final int to) {
		for (int x = from; x < to; x++)
			out[x] = k0 * c[x];
	}

	private static void sum1(final float[] c, final float k0, final float[] a1, final float[] b1, final float k1,
		final float[] out, final int from, final int to)
	{
		for (int x = from; x < to; x++)
			out[x] = k0 * c[x] + k1 * (a1[x] + b1[x]);
	}

	private static void sum2(final float[] c, final float k0, final float[] a1, final float[] b1, final float k1,
		final float[] a2, final float[] b2, final float k2, final float[] out, final int from, final int to)
	{
		for (int x = from; x < to; x++)
			out[x] = k0 * c[x] + k1 * (a1[x] + b1[x]) + k2 * (a2[x] + b2[x]);
	}

	private static void addSums(final float[] a1, final float[] b1, final float k1, final float[] a2,
		final float[] b2, final float k2, final float[] a3, final float[] b3, final float k3, final float[] out,
		final int from, final int to)
	{
		for (int x = from; x < to; x++)
			out[x] += k1 * (a1[x] + b1[x]) + k2 * (a2[x] + b2[x]) + k3 * (a3[x] + b3[x]);
	}

	private static void difference1(final float[] a1, final float[] b1, final float k1, final float[] out,
		final int from, final int to)
	{
		for (int x = from; x < to; x++)
			out[x] = k1 * (b1[x] - a1[x]);
	}

	private static void difference2(final float[] a1, final float[] b1, final float k1, final float[] a2,
		final float[] b2, final float k2, final float[] out, final int from, final int to)
	{
		for (int x = from; x < to; x++)
			out[x] = k1 * (b1[x] - a1[x]) + k2 * (b2[x] - a2[x]);
	}

	private static void addDifferences(final float[] a1, final float[] b1, final float k1, final float[] a2,
		final float[] b2, final float k2, final float[] a3, final float[] b3, final float k3, final float[] out,
		final int from, final int to)
	{
		for (int x = from; x < to; x++)
			out[x] += k1 * (b1[x] - a1[x]) + k2 * (b2[x] - a2[x]) + k3 * (b3[x] - a3[x]);
	}
}
