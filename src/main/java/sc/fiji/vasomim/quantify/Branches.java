package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A graph of centrelines while it is made: nodes, and branches between them, that can be taken out and joined. */
final class Branches {

	/** An end of a vessel, a branching or a crossing. */
	static final class Node {

		final Point place;

		final List<Branch> branches = new ArrayList<>();

		Node(final Point place) {
			this.place = place;
		}
	}

	/** The path begins at one node's place and ends at the other's. */
	static final class Branch {

		final Node from;

		final Node to;

		final List<Point> path;

		Branch(final Node from, final Node to, final List<Point> path) {
			this.from = from;
			this.to = to;
			this.path = path;
		}

		double length() {
			double length = 0;
			for (int i = 1; i < path.size(); i++)
				length += path.get(i).distance(path.get(i - 1));
			return length;
		}

		Node other(final Node node) {
			return node == from ? to : from;
		}

		boolean isLoop() {
			return from == to;
		}

		/** The path as it leaves a node. */
		List<Point> from(final Node node) {
			return node == from ? path : reversed(path);
		}
	}

	private final Set<Branch> all = new LinkedHashSet<>();

	static <T> List<T> reversed(final List<T> list) {
		final List<T> reversed = new ArrayList<>(list);
		Collections.reverse(reversed);
		return reversed;
	}

	List<Branch> all() {
		return List.copyOf(all);
	}

	/** All with a branch, in the order of the branches. */
	List<Node> nodes() {
		final Set<Node> nodes = new LinkedHashSet<>();
		for (final Branch branch : all) {
			nodes.add(branch.from);
			nodes.add(branch.to);
		}
		return List.copyOf(nodes);
	}

	Branch add(final Node from, final Node to, final List<Point> path) {
		final Branch branch = new Branch(from, to, path);
		all.add(branch);
		// A loop counts twice, as it leaves its node twice.
		from.branches.add(branch);
		to.branches.add(branch);
		return branch;
	}

	void remove(final Branch branch) {
		all.remove(branch);
		branch.from.branches.removeIf(b -> b == branch);
		branch.to.branches.removeIf(b -> b == branch);
	}

	/** Makes one branch of two that meet at a node and nowhere else; does nothing at other nodes. */
	void dissolve(final Node node) {
		if (node.branches.size() != 2 || node.branches.get(0) == node.branches.get(1)) return;
		final Branch first = node.branches.get(0);
		final Branch second = node.branches.get(1);
		final List<Point> path = new ArrayList<>(reversed(first.from(node)));
		final List<Point> rest = second.from(node);
		path.addAll(rest.subList(1, rest.size()));
		remove(first);
		remove(second);
		add(first.other(node), second.other(node), path);
	}

	/** Moves all other branches at the end of one to its beginning, prolonged by it, and takes it out. */
	void contract(final Branch inner) {
		final Node kept = inner.from;
		final Node gone = inner.to;
		remove(inner);
		for (final Branch branch : List.copyOf(new LinkedHashSet<>(gone.branches))) {
			remove(branch);
			final List<Point> path = new ArrayList<>(inner.path);
			final List<Point> rest = branch.from(gone);
			path.addAll(rest.subList(1, rest.size()));
			if (branch.isLoop()) path.addAll(reversed(inner.path).subList(1, inner.path.size()));
			add(kept, branch.isLoop() ? kept : branch.other(gone), path);
		}
	}
}
