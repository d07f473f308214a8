package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The shortest way along centrelines: Dijkstra's algorithm over the points of all paths. */
final class Route {

	/** How far from a centreline a given place may be: half the width there and so many px. */
	private static final double NEAR = 8;

	private record Way(int point, double length) {}

	private final List<Point> points = new ArrayList<>();

	private final List<List<Integer>> links = new ArrayList<>();

	private final MaskWidths mask;

	Route(final CentrelineGraph graph, final MaskWidths mask) {
		this.mask = mask;
		// Paths share the places of their nodes.
		final Map<Point, Integer> numbers = new HashMap<>();
		for (final CentrelineGraph.Edge edge : graph.edges()) {
			int before = -1;
			for (final Point point : edge.path()) {
				final int here = numbers.computeIfAbsent(point, this::add);
				if (before >= 0) {
					links.get(before).add(here);
					links.get(here).add(before);
				}
				before = here;
			}
		}
	}

	private int add(final Point point) {
		points.add(point);
		links.add(new ArrayList<>());
		return points.size() - 1;
	}

	/**
	 * @param places two or more that the way passes, each near a centreline
	 * @throws IllegalArgumentException if a place has no centreline near, or there is no way
	 */
	List<Point> through(final List<Point> places) {
		final List<Point> route = new ArrayList<>();
		for (int i = 1; i < places.size(); i++) {
			final List<Point> part = between(nearest(places.get(i - 1)), nearest(places.get(i)));
			route.addAll(route.isEmpty() ? part : part.subList(1, part.size()));
		}
		return route;
	}

	private int nearest(final Point place) {
		int best = -1;
		for (int i = 0; i < points.size(); i++)
			if (best < 0 || points.get(i).distance(place) < points.get(best).distance(place)) best = i;
		if (best < 0) throw new IllegalArgumentException("mask: it holds no vessel. Give one that does, or draw over one.");
		final double distance = points.get(best).distance(place);
		if (distance > NEAR + mask.radius(points.get(best))) throw new IllegalArgumentException("line: its point " + text(
			place) + " is " + Math.round(distance) +
			" px from the nearest vessel of the mask. Draw it along a vessel, or give another mask.");
		return best;
	}

	private static String text(final Point place) {
		return "(" + Math.round(place.x()) + ", " + Math.round(place.y()) + ")";
	}

	private List<Point> between(final int start, final int end) {
		final double[] length = new double[points.size()];
		Arrays.fill(length, Double.POSITIVE_INFINITY);
		final int[] from = new int[points.size()];
		final PriorityQueue<Way> queue = new PriorityQueue<>(Comparator.comparingDouble(Way::length));
		length[start] = 0;
		queue.add(new Way(start, 0));
		while (!queue.isEmpty()) {
			final Way way = queue.poll();
			if (way.length > length[way.point]) continue;
			for (final int next : links.get(way.point)) {
				final double total = way.length + points.get(way.point).distance(points.get(next));
				if (total >= length[next]) continue;
				length[next] = total;
				from[next] = way.point;
				queue.add(new Way(next, total));
			}
		}
		if (Double.isInfinite(length[end])) throw new IllegalArgumentException(
			"mask: there is no way along its vessels from " + text(points.get(start)) + " to " + text(points.get(end)) +
				". Draw the line along one vessel, or close the gap in the mask.");
		final List<Point> route = new ArrayList<>(List.of(points.get(end)));
		for (int i = end; i != start; i = from[i])
			route.add(0, points.get(from[i]));
		return route;
	}
}
