package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A graph's edges joined to vessels: at each node, those two go on as one that bend least and change their calibre
 * least. So a vessel runs on past its side branches, and straight through a crossing.
 */
final class Vessels {

	/** More than this is no vessel that goes on, rad. */
	private static final double BEND = Math.PI / 3;

	/** Points to either side that tell how wide a vessel is, px. */
	private static final int AROUND = 25;

	/** Vessels with fewer points are not worth a measurement. */
	static final int SHORTEST = 15;

	/** Distances to pixels' centres know diameters to a pixel: half of that on average is lost. */
	private static final double HALF_STEP = 0.5;

	/** An end of an edge; the other end is the same number with the last bit flipped. */
	private record Joint(int a, int b, double cost) {}

	private final CentrelineGraph graph;

	private final MaskWidths mask;

	/** By end: the end that it goes on with. */
	private final Map<Integer, Integer> next = new HashMap<>();

	private Vessels(final CentrelineGraph graph, final MaskWidths mask) {
		this.graph = graph;
		this.mask = mask;
	}

	/**
	 * Paths over all edges, each edge once, without the ends that are too thin.
	 *
	 * @param smallest diameter by the mask, px; stenoses may be narrower
	 */
	static List<List<Point>> of(final CentrelineGraph graph, final MaskWidths mask, final double smallest) {
		final Vessels vessels = new Vessels(graph, mask);
		for (int node = 0; node < graph.nodes().size(); node++)
			vessels.join(node);
		return vessels.paths().stream().map(path -> vessels.wide(path, smallest)).filter(path -> path.size() >= SHORTEST)
			.toList();
	}

	/**
	 * From the first to the last place around which a quarter of the mask's diameters or more reach the smallest one: what
	 * is narrow between may be the tightest lesion.
	 */
	private List<Point> wide(final List<Point> path, final double smallest) {
		final int[] wide = IntStream.range(0, path.size()).filter(i -> around(path, i) >= smallest).toArray();
		return wide.length == 0 ? List.of() : path.subList(wide[0], wide[wide.length - 1] + 1);
	}

	/** Third quartile of the mask's diameters around a place, px. */
	private double around(final List<Point> path, final int place) {
		final double[] widths = path.subList(Math.max(0, place - AROUND), Math.min(path.size(), place + AROUND + 1)).stream()
			.mapToDouble(point -> 2 * mask.radius(point) + HALF_STEP).sorted().toArray();
		return widths[(widths.length - 1) * 3 / 4];
	}

	private void join(final int node) {
		final List<Integer> ends = new ArrayList<>();
		for (int i = 0; i < graph.edges().size(); i++) {
			if (graph.edges().get(i).from() == node) ends.add(2 * i);
			if (graph.edges().get(i).to() == node) ends.add(2 * i + 1);
		}
		final List<Joint> joints = new ArrayList<>();
		for (final int a : ends)
			for (final int b : ends)
				if (a < b && a >> 1 != b >> 1 && bend(a, b, node) < BEND) joints.add(new Joint(a, b, bend(a, b, node) + Math.abs(
					Math.log(width(a, node) / width(b, node)))));
		joints.sort(Comparator.comparingDouble(Joint::cost));
		for (final Joint joint : joints)
			if (!next.containsKey(joint.a) && !next.containsKey(joint.b)) {
				next.put(joint.a, joint.b);
				next.put(joint.b, joint.a);
			}
	}

	/** From the node on; even ends begin their edge's path, odd ones end it. */
	private List<Point> path(final int end) {
		final List<Point> path = graph.edges().get(end >> 1).path();
		return end % 2 == 0 ? path : Branches.reversed(path);
	}

	/** Index of the path's point so far from the node that the skeleton's bend within the branching is passed. */
	private int away(final int end, final int node, final double radii) {
		return Math.min(path(end).size() - 1, (int) Math.round(radii * graph.nodes().get(node).radius() + 2));
	}

	private double bend(final int a, final int b, final int node) {
		return Math.PI - Math.abs(turn(heading(a, node) - heading(b, node)));
	}

	private double heading(final int end, final int node) {
		final Point near = path(end).get(away(end, node, 1));
		final Point far = path(end).get(away(end, node, 3));
		return near.equals(far) ? Math.atan2(far.y() - graph.nodes().get(node).place().y(), far.x() - graph.nodes().get(node)
			.place().x()) : Math.atan2(far.y() - near.y(), far.x() - near.x());
	}

	private static double turn(final double angle) {
		return Math.atan2(Math.sin(angle), Math.cos(angle));
	}

	private double width(final int end, final int node) {
		return Math.max(0.5, mask.radius(path(end).get(away(end, node, 2))));
	}

	private List<List<Point>> paths() {
		final List<List<Point>> paths = new ArrayList<>();
		final boolean[] done = new boolean[graph.edges().size()];
		for (final boolean rings : new boolean[] { false, true })
			for (int end = 0; end < 2 * done.length; end++)
				if (!done[end >> 1] && (rings || !next.containsKey(end))) paths.add(follow(end, done));
		return paths;
	}

	private List<Point> follow(final int start, final boolean[] done) {
		final List<Point> path = new ArrayList<>();
		Integer end = start;
		while (end != null && !done[end >> 1]) {
			done[end >> 1] = true;
			final List<Point> edge = path(end);
			path.addAll(path.isEmpty() ? edge : edge.subList(1, edge.size()));
			end = next.get(end ^ 1);
		}
		return path;
	}
}
