package sc.fiji.vasomim.quantify;

import java.util.Arrays;

/**
 * How far each pixel of a mask is from the pixels outside of it, exactly: Felzenszwalb and Huttenlocher (Theory of
 * Computing 8:415, 2012). Beyond the image nothing is known, so its border is no edge of a vessel.
 */
final class DistanceMap implements Widths {

	private final int width;

	private final double[] distance;

	/** @param mask W x H, row by row */
	DistanceMap(final boolean[] mask, final int width) {
		this.width = width;
		final int height = mask.length / width;
		distance = new double[mask.length];
		// Of a mask without a pixel outside, as far as its diagonal.
		final double far = (double) width * width + (double) height * height;
		for (int i = 0; i < mask.length; i++)
			distance[i] = mask[i] ? far : 0;
		for (int x = 0; x < width; x++)
			transform(x, width, height);
		for (int y = 0; y < height; y++)
			transform(y * width, 1, width);
		for (int i = 0; i < mask.length; i++)
			distance[i] = mask[i] ? Math.sqrt(distance[i]) - 0.5 : 0;
	}

	/** From the place to the edge of the mask. */
	@Override
	public double radius(final Point place) {
		final int x = (int) Math.round(place.x());
		final int y = (int) Math.round(place.y());
		return x < 0 || y < 0 || x >= width || y * width >= distance.length ? 0 : distance[y * width + x];
	}

	/** The lower envelope of parabolas along one row or column, in place. */
	private void transform(final int start, final int step, final int n) {
		final double[] f = new double[n];
		for (int i = 0; i < n; i++)
			f[i] = distance[start + i * step];
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
			distance[start + i * step] = f[apex[k]] + (double) (i - apex[k]) * (i - apex[k]);
		}
	}

	private static double meet(final double[] f, final int a, final int b) {
		return (f[b] - f[a] + (double) b * b - (double) a * a) / (2.0 * (b - a));
	}
}
