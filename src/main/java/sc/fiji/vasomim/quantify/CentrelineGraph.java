package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.vasomim.quantify.Branches.Branch;
import sc.fiji.vasomim.skeleton.Skeleton;

/**
 * The centrelines of a vessel mask: its skeleton as a graph, without spurs, with crossings as one node and with gaps
 * bridged where two ends face each other.
 *
 * @param nodes ends, branchings and crossings
 * @param edges centrelines between them
 */
public record CentrelineGraph(List<Node> nodes, List<Edge> edges) {

	/**
	 * @param radius half-width of the mask there, px
	 * @param degree number of centrelines that meet: 1 at an end, 3 at a branching, 4 at a crossing
	 */
	public record Node(Point place, double radius, int degree) {}

	/**
	 * @param from index of a node
	 * @param to index of a node
	 * @param path neighbouring pixels, the nodes' places included
	 */
	public record Edge(int from, int to, List<Point> path) {

		public Edge {
			path = List.copyOf(path);
		}
	}

	public CentrelineGraph {
		nodes = List.copyOf(nodes);
		edges = List.copyOf(edges);
	}

	/**
	 * Stateless; any number of threads may call it at once.
	 *
	 * @param mask W x H; every pixel other than 0 belongs to a vessel. Is not changed
	 * @return without nodes and edges if the mask has no line
	 * @throws IllegalArgumentException if the mask is not 2D
	 */
	public static CentrelineGraph of(final RandomAccessibleInterval<? extends RealType<?>> mask) {
		return of(mask, new MaskWidths(Planes.inside(mask), (int) mask.dimension(0)), () -> {});
	}

	static CentrelineGraph of(final RandomAccessibleInterval<? extends RealType<?>> mask, final MaskWidths distances,
		final Runnable stop)
	{
		final Branches branches = SkeletonTracer.trace(Planes.inside(Skeleton.of(mask)), (int) mask.dimension(0));
		new Cleaning(branches, distances, stop).run();
		final Map<Branches.Node, Integer> numbers = new HashMap<>();
		final List<Node> nodes = new ArrayList<>();
		for (final Branches.Node node : branches.nodes()) {
			numbers.put(node, nodes.size());
			nodes.add(new Node(node.place, distances.radius(node.place), node.branches.size()));
		}
		final List<Edge> edges = new ArrayList<>();
		for (final Branch branch : branches.all())
			edges.add(new Edge(numbers.get(branch.from), numbers.get(branch.to), branch.path));
		return new CentrelineGraph(nodes, edges);
	}
}
