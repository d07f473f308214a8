package sc.fiji.vasomim.skeleton;

import java.util.Arrays;

/**
 * How far each pixel of a mask is from the nearest pixel outside of it, centre to centre, exactly: Felzenszwalb and
 * Huttenlocher (Theory of Computing 8:415, 2012). Immutable; any number of threads may ask.
 */
public final class DistanceMap {

	/** Whether what lies beyond the image is outside of the mask, or unknown: then the image's border is no edge. */
	public enum Beyond {
		OUTSIDE, UNKNOWN
	}

	/** Pixels around the image that are known to be outside. */
	private final int margin;

	private final int width;

	private final int height;

	/** With the margin around, row by row; squared until all is transformed. */
	private final double[] distance;

	/**
	 * @param mask W x H, row by row; is not changed. One without a pixel outside is as far from one as its diagonal is long
	 * @param pixelWidth in the unit of the distances
	 * @param pixelHeight as pixelWidth
	 */
	public DistanceMap(final boolean[] mask, final int width, final double pixelWidth, final double pixelHeight,
		final Beyond beyond)
	{
		margin = beyond == Beyond.OUTSIDE ? 1 : 0;
		this.width = width + 2 * margin;
		height = mask.length / width + 2 * margin;
		distance = new double[this.width * height];
		final double far = square(pixelWidth * this.width) + square(pixelHeight * height);
		for (int i = 0; i < mask.length; i++)
			if (mask[i]) distance[(i / width + margin) * this.width + i % width + margin] = far;
		for (int x = 0; x < this.width; x++)
			transform(x, this.width, height, pixelHeight);
		for (int y = 0; y < height; y++)
			transform(y * this.width, 1, this.width, pixelWidth);
		for (int i = 0; i < distance.length; i++)
			distance[i] = Math.sqrt(distance[i]);
	}

	/** 0 outside of the mask and of the image. */
	public double at(final int x, final int y) {
		final int column = x + margin;
		final int row = y + margin;
		return column < 0 || row < 0 || column >= width || row >= height ? 0 : distance[row * width + column];
	}

	/** The lower envelope of parabolas along one row or column, in place. */
	private void transform(final int start, final int step, final int n, final double spacing) {
		final double[] f = new double[n];
		for (int i = 0; i < n; i++)
			f[i] = distance[start + i * step] / (spacing * spacing);
		final int[] apex = new int[n];
		final double[] from = new double[n + 1];
		Arrays.fill(from, Double.NEGATIVE_INFINITY);
		int k = 0;
		for (int i = 1; i < n; i++) {
			double meet = meet(f, apex[k], i);
			while (k > 0 && meet <= from[k])
				meet = meet(f, apex[--k], i);
			// The first parabola reaches from minus infinity; a later one that meets it there takes its place.
			if (meet > Double.NEGATIVE_INFINITY) k++;
			apex[k] = i;
			from[k] = meet;
		}
		final int last = k;
		k = 0;
		for (int i = 0; i < n; i++) {
			while (k < last && from[k + 1] < i)
				k++;
			distance[start + i * step] = spacing * spacing * (f[apex[k]] + square(i - apex[k]));
		}
	}

	private static double meet(final double[] f, final int a, final int b) {
		return (f[b] - f[a] + square(b) - square(a)) / (2.0 * (b - a));
	}

	private static double square(final double x) {
		return x * x;
	}
}
