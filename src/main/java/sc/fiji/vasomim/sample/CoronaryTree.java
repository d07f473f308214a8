package sc.fiji.vasomim.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import sc.fiji.vasomim.sample.View.Course;

/**
 * Grows a coronary tree: the named arteries of a view, displaced a little, and side branches down to the finest that a
 * detector shows. Calibres follow Murray's law (PNAS 12:207, 1926): at each branching, the cubes of the radii after it
 * add up to the cube of the radius before it.
 */
final class CoronaryTree {

	/** Distance of neighbouring centreline points, px. */
	static final double STEP = 1;

	/** Where a child leaves: index of the parent's point, and the child's radius over the parent's there. */
	private record Sprout(int index, double ratio, Course course) {}

	private final View view;

	private final Field field;

	private final Draws draws;

	private final double finest;

	private final double tortuosity;

	private final double rotation;

	private final double zoom;

	private final List<Branch> branches = new ArrayList<>();

	private CoronaryTree(final View view, final Field field, final Draws draws) {
		this.view = view;
		this.field = field;
		this.draws = draws;
		finest = Math.max(0.75, 0.8 * scale(field));
		tortuosity = draws.uniform(0.01, 0.05);
		rotation = draws.uniform(-0.13, 0.13);
		zoom = draws.uniform(0.94, 1.06);
	}

	/** @return each branch after its parent; the first one is the trunk */
	static List<Branch> grow(final View view, final Field field, final Draws draws) {
		final CoronaryTree tree = new CoronaryTree(view, field, draws);
		final Course trunk = view.courses.get(0);
		final double radius = Math.max(2, draws.uniform(5.5, 8) * scale(field));
		tree.add(trunk.name(), -1, tree.named(trunk, null, 0, radius), radius, 0);
		return tree.branches;
	}

	/** Size of the field over that of the usual 512 px frame. */
	private static double scale(final Field field) {
		return Math.min(field.width(), field.height()) / 512;
	}

	private void add(final String name, final int parent, final Curve curve, final double radius, final double depth) {
		final int n = curve.size();
		final double taper = branches.isEmpty() ? 0.05 : 0.25;
		final double slope = parent < 0 ? 0 : draws.uniform(0.2, 0.7) * (draws.uniform() < 0.5 ? -1 : 1);
		final double[] z = new double[n];
		final double[] r = new double[n];
		for (int i = 0; i < n; i++) {
			z[i] = depth + slope * i * STEP;
			r[i] = radius * (1 - taper * i / n);
		}
		final int id = branches.size();
		final Tube tube = new Tube(curve.x(), curve.y(), z, r);
		branches.add(new Branch(name, parent, tube));
		final List<Sprout> sprouts = sprouts(name, tube);
		// A child's radius is the parent's before the parent narrows for the children further on.
		final List<Runnable> children = new ArrayList<>();
		for (final Sprout sprout : sprouts) {
			final int at = sprout.index();
			final double childRadius = sprout.ratio() * r[at];
			if (childRadius < finest) continue;
			final Curve child = sprout.course() == null ? side(tube, at, childRadius) :
				named(sprout.course(), tube, at, childRadius);
			if (child.size() < 10 * childRadius) continue;
			final String childName = sprout.course() == null ? name + " side branch" : sprout.course().name();
			children.add(() -> add(childName, id, child, childRadius, z[at]));
			if (at < n - 1) Murray.narrow(r, at, sprout.ratio());
		}
		children.forEach(Runnable::run);
	}

	private List<Sprout> sprouts(final String name, final Tube tube) {
		final List<Sprout> sprouts = new ArrayList<>();
		for (final Course course : view.courses) {
			final double at = course.at() == 1 ? 1 : course.at() + draws.uniform(-0.03, 0.03);
			if (name.equals(course.parent()))
				sprouts.add(new Sprout((int) (at * (tube.size() - 1)), course.ratio(), course));
		}
		final int named = sprouts.size();
		double at = tube.radius()[0] * draws.uniform(6, 14);
		while (at < tube.size() - 1) {
			final int index = (int) at;
			final double gap = 4 * tube.radius()[index];
			final boolean free = sprouts.subList(0, named).stream().allMatch(s -> Math.abs(s.index() - index) > gap);
			if (free) sprouts.add(new Sprout(index, draws.uniform(0.28, 0.62), null));
			at += tube.radius()[index] * draws.uniform(6, 24);
		}
		sprouts.sort(Comparator.comparingInt(Sprout::index));
		return sprouts;
	}

	private Curve named(final Course course, final Tube parent, final int at, final double radius) {
		final int first = parent == null ? 0 : 1;
		final int n = course.points().length / 2 + first;
		final double[] x = new double[n];
		final double[] y = new double[n];
		if (parent != null) {
			x[0] = parent.x()[at];
			y[0] = parent.y()[at];
		}
		for (int i = first; i < n; i++) {
			final double u = course.points()[2 * (i - first)] - 0.5 + 0.009 * draws.normal();
			final double v = course.points()[2 * (i - first) + 1] - 0.5 + 0.009 * draws.normal();
			final double cos = zoom * StrictMath.cos(rotation);
			final double sin = zoom * StrictMath.sin(rotation);
			x[i] = field.left() + field.width() * (0.5 + cos * u - sin * v);
			y[i] = field.top() + field.height() * (0.5 + sin * u + cos * v);
		}
		return finish(x, y, radius);
	}

	/** Leaves at an angle, then bends back towards the parent's direction. */
	private Curve side(final Tube parent, final int at, final double radius) {
		final double angle = draws.uniform(0.6, 1.3) * (draws.uniform() < 0.5 ? -1 : 1);
		final double back = draws.uniform(0.2, 0.9) * angle;
		final double length = radius * draws.uniform(30, 65);
		final int n = 6;
		final double[] x = new double[n];
		final double[] y = new double[n];
		x[0] = parent.x()[at];
		y[0] = parent.y()[at];
		double heading = parent.heading(at) + angle;
		for (int i = 1; i < n; i++) {
			x[i] = x[i - 1] + length / (n - 1) * StrictMath.cos(heading);
			y[i] = y[i - 1] + length / (n - 1) * StrictMath.sin(heading);
			heading += -back / (n - 2) + 0.22 * draws.normal();
		}
		return finish(x, y, radius);
	}

	private Curve finish(final double[] x, final double[] y, final double radius) {
		final double wavelength = Math.max(14 * radius, 36 * scale(field));
		// Thin arteries wind more.
		final double winding = tortuosity * Math.min(2, 3.5 * scale(field) / radius);
		return Curve.through(x, y, STEP).wind(STEP, wavelength, winding, draws).within(field);
	}
}
