package sc.fiji.vasomim.sample;

import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.sample.Stenosis.Box;

/**
 * Narrows arteries. A lesion lies where its truth can be seen: on an artery of some calibre, inside the field, with a
 * healthy diameter of the same artery on either side, and no other artery, branching or catheter near.
 */
final class Lesions {

	/** Lesion length in diameters; a drawn length that fits nowhere gives way to this. */
	private static final double SHORTEST = 2;

	/** Between outlines, px. */
	private static final double CLEARANCE = 2;

	private record Place(int branch, int index) {}

	private final List<Branch> branches;

	private final boolean[][] clear;

	private final Draws draws;

	Lesions(final List<Branch> branches, final Tube catheter, final Field field, final Draws draws) {
		this.branches = branches;
		this.draws = draws;
		final List<Tube> tubes = new ArrayList<>();
		for (final Branch branch : branches) tubes.add(branch.tube());
		tubes.add(catheter);
		clear = new boolean[branches.size()][];
		for (int b = 0; b < clear.length; b++) clear[b] = clear(b, tubes, field);
	}

	/**
	 * Narrows the branches in place.
	 *
	 * @param percent of each narrowing; 0: drawn. Either way the places are the same
	 * @throws IllegalArgumentException if the tree has no room for so many
	 */
	List<Stenosis> place(final int count, final double percent) {
		final List<Stenosis> stenoses = new ArrayList<>();
		for (int k = 0; k < count; k++) {
			final double drawn = draws.uniform(0.2, 0.9);
			final double severity = percent > 0 ? percent / 100 : drawn;
			double diameters = draws.uniform(2.5, 5);
			List<Place> places = places(diameters);
			if (places.isEmpty()) places = places(diameters = SHORTEST);
			if (places.isEmpty()) throw new IllegalArgumentException("stenoses must be 0.." + k +
				" in this tree, but is " + count + ": choose fewer, another seed or a larger image");
			final Place place = places.get(draws.below(places.size()));
			stenoses.add(narrow(place, diameters, severity));
		}
		return stenoses;
	}

	/** Centres of all possible lesions of a length, which is given in diameters. */
	private List<Place> places(final double diameters) {
		final List<Place> places = new ArrayList<>();
		for (int b = 0; b < clear.length; b++) {
			final double[] radius = branches.get(b).tube().radius();
			for (int i = 0; i < radius.length; i++) {
				final int room = half(radius[i], diameters + 2);
				if (isClear(clear[b], i - room, i + room)) places.add(new Place(b, i));
			}
		}
		return places;
	}

	private static boolean isClear(final boolean[] clear, final int from, final int to) {
		if (from < 0 || to >= clear.length) return false;
		for (int i = from; i <= to; i++) if (!clear[i]) return false;
		return true;
	}

	private static int half(final double radius, final double diameters) {
		return (int) Math.ceil(diameters * radius / CoronaryTree.STEP);
	}

	private Stenosis narrow(final Place place, final double diameters, final double severity) {
		final Tube tube = branches.get(place.branch()).tube();
		final double[] radius = tube.radius();
		final double[] healthy = radius.clone();
		final int centre = place.index();
		final double halfLength = diameters * healthy[centre];
		final int half = half(healthy[centre], diameters);
		int narrowest = centre;
		for (int i = centre - half; i <= centre + half; i++) {
			final double t = Math.min(1, Math.abs(i - centre) * CoronaryTree.STEP / halfLength);
			radius[i] = healthy[i] * (1 - severity * 0.5 * (1 + StrictMath.cos(Math.PI * t)));
			if (radius[i] < radius[narrowest]) narrowest = i;
			clear[place.branch()][i] = false;
		}
		final double percent = 100 * (1 - radius[narrowest] / healthy[narrowest]);
		return new Stenosis(place.branch() + 1, tube.x()[narrowest], tube.y()[narrowest], percent, healthy[narrowest],
			radius[narrowest], 2 * halfLength, box(tube, healthy, centre - half, centre + half));
	}

	private static Box box(final Tube tube, final double[] healthy, final int from, final int to) {
		double left = Double.MAX_VALUE;
		double top = Double.MAX_VALUE;
		double right = 0;
		double bottom = 0;
		for (int i = from; i <= to; i++) {
			left = Math.min(left, tube.x()[i] - healthy[i]);
			top = Math.min(top, tube.y()[i] - healthy[i]);
			right = Math.max(right, tube.x()[i] + healthy[i]);
			bottom = Math.max(bottom, tube.y()[i] + healthy[i]);
		}
		final int x = (int) Math.floor(left);
		final int y = (int) Math.floor(top);
		return new Box(x, y, (int) Math.ceil(right) - x + 1, (int) Math.ceil(bottom) - y + 1);
	}

	private static boolean[] clear(final int branch, final List<Tube> tubes, final Field field) {
		final Tube tube = tubes.get(branch);
		final boolean[] clear = new boolean[tube.size()];
		final double smallest = 0.4 * tubes.get(0).radius()[0];
		for (int i = 0; i < clear.length; i++)
			clear[i] = tube.radius()[i] >= smallest &&
				field.depth(tube.x()[i], tube.y()[i]) > tube.radius()[i] + CLEARANCE && alone(branch, i, tubes);
		return clear;
	}

	private static boolean alone(final int branch, final int i, final List<Tube> tubes) {
		final Tube tube = tubes.get(branch);
		for (final Tube other : tubes)
			for (int j = 0; j < other.size(); j++) {
				final double reach = tube.radius()[i] + other.radius()[j] + CLEARANCE;
				final double dx = tube.x()[i] - other.x()[j];
				final double dy = tube.y()[i] - other.y()[j];
				final boolean next = other == tube && Math.abs(i - j) * CoronaryTree.STEP < 3 * reach;
				if (!next && dx * dx + dy * dy < reach * reach) return false;
			}
		return true;
	}
}
