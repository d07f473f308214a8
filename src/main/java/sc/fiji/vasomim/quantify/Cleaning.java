package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import sc.fiji.vasomim.quantify.Branches.Branch;
import sc.fiji.vasomim.quantify.Branches.Node;

/** From a skeleton's branches to those of vessels. */
final class Cleaning {

	/** A gap is bridged up to so many diameters of the wider end, and so many px. */
	private static final double GAP_DIAMETERS = 3;

	private static final double GAP = 6;

	/** Of both ends' directions with the bridge: cosine of 60 degrees, for thinning bends a line's last pixels aside. */
	private static final double FACING = 0.5;

	private final Branches branches;

	private final MaskWidths mask;

	private final Runnable stop;

	/** @param stop called before each change; may throw to end it all */
	Cleaning(final Branches branches, final MaskWidths mask, final Runnable stop) {
		this.branches = branches;
		this.mask = mask;
		this.stop = stop;
	}

	/** In place. */
	void run() {
		prune();
		contract();
		bridge();
		branches.nodes().forEach(branches::dissolve);
	}

	/**
	 * Takes out spurs, the shortest first. A side branch's line starts on the axis of its parent, a radius away from the
	 * parent's edge; what is not longer than two radii comes out of the vessel by less than its half-width: that is an
	 * uneven edge, or too short to be measured.
	 */
	private void prune() {
		while (true) {
			stop.run();
			final Branch spur = branches.all().stream().filter(this::isSpur).min(Comparator.comparingDouble(Branch::length))
				.orElse(null);
			if (spur == null) return;
			branches.remove(spur);
			branches.dissolve(spur.from);
			branches.dissolve(spur.to);
		}
	}

	private boolean isSpur(final Branch branch) {
		final Node end = branch.from.branches.size() == 1 ? branch.from : branch.to;
		final Node root = branch.other(end);
		return end.branches.size() == 1 && root.branches.size() > 2 && branch.length() <= 2 * mask.radius(root.place);
	}

	/** Two branchings whose discs touch are one: where vessels cross, thinning parts the crossing in two. */
	private void contract() {
		while (true) {
			stop.run();
			final Branch inner = branches.all().stream().filter(b -> !b.isLoop() && b.from.branches.size() > 2 && b.to.branches
				.size() > 2 && b.length() <= mask.radius(b.from.place) + mask.radius(b.to.place)).findFirst().orElse(
					null);
			if (inner == null) return;
			branches.contract(inner);
		}
	}

	private record Bridge(Node from, Node to, double length) {}

	/** Joins ends that face each other: a tight stenosis often is a gap in the mask. The shortest gaps first. */
	private void bridge() {
		final List<Node> ends = branches.nodes().stream().filter(node -> node.branches.size() == 1).toList();
		final List<Bridge> bridges = new ArrayList<>();
		for (final Node a : ends)
			for (final Node b : ends)
				if (a != b && ends.indexOf(a) < ends.indexOf(b) && face(a, b)) bridges.add(new Bridge(a, b, a.place.distance(
					b.place)));
		bridges.sort(Comparator.comparingDouble(Bridge::length));
		for (final Bridge bridge : bridges)
			if (bridge.from.branches.size() == 1 && bridge.to.branches.size() == 1) branches.add(bridge.from, bridge.to,
				straight(bridge.from.place, bridge.to.place));
	}

	private boolean face(final Node a, final Node b) {
		final double gap = a.place.distance(b.place);
		final double radius = Math.max(width(a), width(b));
		// Thinning shortens each end by its radius.
		if (gap > GAP_DIAMETERS * 2 * radius + GAP) return false;
		if (a.branches.get(0) == b.branches.get(0)) return false;
		return cosine(a, b, gap) > FACING && cosine(b, a, gap) > FACING;
	}

	/** Of the angle between the way out of an end and the way to another. */
	private double cosine(final Node end, final Node other, final double gap) {
		final List<Point> path = end.branches.get(0).from(end);
		final Point inside = path.get(Math.min(path.size() - 1, (int) Math.ceil(4 * width(end)) + 6));
		final double length = end.place.distance(inside);
		final double dot = (end.place.x() - inside.x()) * (other.place.x() - end.place.x()) + (end.place.y() - inside.y()) *
			(other.place.y() - end.place.y());
		return gap == 0 ? 1 : dot / (length * gap);
	}

	/** Of the mask, a few px before an end, where it is not rounded. */
	private double width(final Node end) {
		final List<Point> path = end.branches.get(0).from(end);
		return path.subList(0, Math.min(12, path.size())).stream().mapToDouble(mask::radius).max().orElse(0);
	}

	private static List<Point> straight(final Point a, final Point b) {
		final int steps = Math.max(1, (int) Math.ceil(a.distance(b)));
		final List<Point> line = new ArrayList<>();
		for (int i = 0; i <= steps; i++)
			line.add(new Point(a.x() + (b.x() - a.x()) * i / steps, a.y() + (b.y() - a.y()) * i / steps));
		return line;
	}
}
