package sc.fiji.vasomim.sample;

import java.util.List;

/**
 * An artery from its origin to its end or to where it leaves the field.
 *
 * @param id label of its pixels, from 1
 * @param parent id of the segment it leaves, 0 for the first
 * @param name LM, LAD, RCA, ..., or the named artery it is a side branch of
 * @param centreline from its origin, which lies on the parent's centreline; neighbours are about 1 px apart
 */
public record Segment(int id, int parent, String name, List<Point> centreline) {

	public Segment {
		centreline = List.copyOf(centreline);
	}

	/** Centre and radius of the lumen, px; pixel (i, j) has its centre at x = i, y = j. */
	public record Point(double x, double y, double radius) {}
}
