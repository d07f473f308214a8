package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.vasomim.quantify.Branches.Node;

/**
 * Walks along a skeleton from node to node. Neighbours by a corner are linked only if no pixel beside both links them
 * already, so that the corner of a stair is no branching.
 */
final class SkeletonTracer {

	private static final int[][] STEPS = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 }, { 1, 1 }, { -1, 1 }, { -1, -1 },
		{ 1, -1 } };

	private final boolean[] skeleton;

	private final int width;

	private final Map<Integer, Node> nodes = new LinkedHashMap<>();

	private final Branches branches = new Branches();

	/** Of inner pixels of paths that were walked. */
	private final boolean[] seen;

	private SkeletonTracer(final boolean[] skeleton, final int width) {
		this.skeleton = skeleton;
		this.width = width;
		seen = new boolean[skeleton.length];
	}

	/** A pixel without a neighbour is no line, and is left out. */
	static Branches trace(final boolean[] skeleton, final int width) {
		final SkeletonTracer tracer = new SkeletonTracer(skeleton, width);
		for (int i = 0; i < skeleton.length; i++)
			if (skeleton[i] && tracer.links(i).size() != 2) tracer.nodes.put(i, new Node(tracer.point(i)));
		for (final int i : List.copyOf(tracer.nodes.keySet()))
			tracer.walk(i);
		// What is left are rings; any pixel of theirs will do as a node.
		for (int i = 0; i < skeleton.length; i++)
			if (skeleton[i] && !tracer.seen[i] && !tracer.nodes.containsKey(i)) {
				tracer.nodes.put(i, new Node(tracer.point(i)));
				tracer.walk(i);
			}
		return tracer.branches;
	}

	private void walk(final int start) {
		for (final int first : links(start)) {
			final boolean direct = nodes.containsKey(first);
			// Each path is met from both of its ends.
			if (direct ? first < start : seen[first]) continue;
			final List<Point> path = new ArrayList<>(List.of(point(start)));
			int before = start;
			int here = first;
			while (!nodes.containsKey(here)) {
				seen[here] = true;
				path.add(point(here));
				final int came = before;
				before = here;
				here = links(here).stream().filter(i -> i != came).findFirst().orElseThrow();
			}
			path.add(point(here));
			branches.add(nodes.get(start), nodes.get(here), path);
		}
	}

	private List<Integer> links(final int pixel) {
		final int x = pixel % width;
		final int y = pixel / width;
		final List<Integer> links = new ArrayList<>();
		for (final int[] step : STEPS) {
			final boolean corner = step[0] != 0 && step[1] != 0;
			if (corner && (is(x + step[0], y) || is(x, y + step[1]))) continue;
			if (is(x + step[0], y + step[1])) links.add((y + step[1]) * width + x + step[0]);
		}
		return links;
	}

	private boolean is(final int x, final int y) {
		return x >= 0 && y >= 0 && x < width && y < skeleton.length / width && skeleton[y * width + x];
	}

	private Point point(final int pixel) {
		return new Point(pixel % width, pixel / width);
	}
}
