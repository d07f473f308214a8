package sc.fiji.vasomim.dataset;

/**
 * One edge of a polygon, cut at the border of the image as OpenCV does: an end outside moves along the edge to the
 * border, to a whole px towards its old place, and the edge's direction changes with it.
 */
final class PolygonEdge {

	private static final int X = 0, Y = 1;

	private final int top;

	private final int bottom;

	private final long[] from;

	private final long[] to;

	private final boolean visible;

	PolygonEdge(final int x0, final int y0, final int x1, final int y1, final int width, final int height) {
		top = Math.min(y0, y1);
		bottom = Math.max(y0, y1);
		from = new long[] { x0, y0 };
		to = new long[] { x1, y1 };
		final boolean outside = beyond(X, width - 1) || beyond(Y, height - 1);
		if (!outside) cut(Y, height - 1);
		visible = !outside && !beyond(X, width - 1);
		if (visible) cut(X, width - 1);
	}

	/** Whether both ends lie on the same outer side. */
	private boolean beyond(final int axis, final int last) {
		return Math.max(from[axis], to[axis]) < 0 || Math.min(from[axis], to[axis]) > last;
	}

	private void cut(final int axis, final int last) {
		move(from, to, axis, last);
		move(to, from, axis, last);
	}

	private static void move(final long[] end, final long[] other, final int axis, final int last) {
		final long border = Math.max(0, Math.min(last, end[axis]));
		if (border == end[axis]) return;
		end[1 - axis] += (border - end[axis]) * (other[1 - axis] - end[1 - axis]) / (other[axis] - end[axis]);
		end[axis] = border;
	}

	/** Rows count to the edge from its upper end to before its lower one. */
	boolean crosses(final int row) {
		return top <= row && row < bottom;
	}

	/** The last column at or left of where the edge crosses a row. */
	long floor(final int row) {
		final long down = to[Y] - from[Y];
		return from[X] + (down == 0 ? 0 : Math.floorDiv((row - from[Y]) * (to[X] - from[X]), down));
	}

	/** The first column at or right of where the edge crosses a row. */
	long ceil(final int row) {
		final long down = to[Y] - from[Y];
		return from[X] - (down == 0 ? 0 : Math.floorDiv((from[Y] - row) * (to[X] - from[X]), down));
	}

	/** One pixel a step along the longer axis, from the left end; halves of the other axis go towards that end. */
	void draw(final byte[] pixels, final int width, final byte value) {
		if (!visible) return;
		final long[] left = from[X] <= to[X] ? from : to, right = left == from ? to : from;
		final long across = right[X] - left[X], down = Math.abs(right[Y] - left[Y]), sign = right[Y] < left[Y] ? -1 : 1;
		final long steps = Math.max(across, down), rise = Math.min(across, down);
		for (long i = 0; i <= steps; i++) {
			final long aside = steps == 0 ? 0 : (2 * i * rise + steps - 1) / (2 * steps);
			final long column = left[X] + (across >= down ? i : aside);
			final long row = left[Y] + sign * (across >= down ? aside : i);
			pixels[(int) (row * width + column)] = value;
		}
	}
}
