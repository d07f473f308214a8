package sc.fiji.vasomim.dataset;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A closed polygon of whole px; it may cross itself (even-odd rule). Immutable.
 * <p>
 * Its pixels are those that OpenCV's {@code fillPoly} sets, from 4.11 on: the lines between its points, and what lies
 * inside. (Up to 4.10 it was a pixel wider here and there.)
 */
final class Polygon {

	private final int[] x;

	private final int[] y;

	/** @throws IllegalArgumentException if there is no point, or a coordinate without its partner */
	Polygon(final int[] x, final int[] y) {
		if (x.length != y.length || x.length == 0) throw new IllegalArgumentException("x, y: must be as many, and some, " +
			"but were " + x.length + " and " + y.length);
		this.x = x.clone();
		this.y = y.clone();
	}

	/** Least and largest x, then y. */
	int[] bounds() {
		return new int[] { Arrays.stream(x).min().getAsInt(), Arrays.stream(x).max().getAsInt(), Arrays.stream(y).min()
			.getAsInt(), Arrays.stream(y).max().getAsInt() };
	}

	/** @param pixels width x height in raster order, of which those of this polygon are set to {@code value} */
	void fill(final byte[] pixels, final int width, final int height, final byte value) {
		final PolygonEdge[] edges = IntStream.range(0, x.length).mapToObj(i -> edge(i, width, height)).toArray(
			PolygonEdge[]::new);
		final int[] bounds = bounds();
		for (int row = Math.max(0, bounds[2]); row < Math.min(height, bounds[3]); row++) {
			final int y = row;
			final PolygonEdge[] crossing = Arrays.stream(edges).filter(edge -> edge.crosses(y)).toArray(PolygonEdge[]::new);
			// Both follow the order of the crossings themselves, so each may be sorted alone.
			final long[] from = Arrays.stream(crossing).mapToLong(edge -> edge.ceil(y)).sorted().toArray();
			final long[] to = Arrays.stream(crossing).mapToLong(edge -> edge.floor(y)).sorted().toArray();
			for (int i = 0; i < crossing.length; i += 2) {
				final int first = (int) Math.max(0, from[i]), last = (int) Math.min(width - 1, to[i + 1]);
				if (first <= last) Arrays.fill(pixels, row * width + first, row * width + last + 1, value);
			}
		}
		for (final PolygonEdge edge : edges)
			edge.draw(pixels, width, value);
	}

	/** The one that ends in a point. */
	private PolygonEdge edge(final int point, final int width, final int height) {
		final int before = (point == 0 ? x.length : point) - 1;
		return new PolygonEdge(x[before], y[before], x[point], y[point], width, height);
	}

	@Override
	public String toString() {
		return Arrays.toString(x) + Arrays.toString(y);
	}
}
