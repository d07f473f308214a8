package sc.fiji.vasomim.sample;

import java.util.Arrays;
import java.util.List;

import sc.fiji.vasomim.sample.Projector.Body;

/** The catheter that injects: a tube of uniform calibre with a dense wall, filled with contrast agent. */
final class Catheter {

	/** Of the outer calibre: 6 French, 2 mm, in a trunk of 4.5 mm. */
	private static final double OF_TRUNK = 0.55;

	private static final double INNER = 0.68;

	private static final double WALL_MU = 1.35;

	private Catheter() {}

	/** The outer surface, from the field's upper edge to the trunk's origin. */
	static Tube tube(final View view, final Field field, final Tube trunk, final Draws draws) {
		final int way = view.catheter.length / 2;
		final double[] x = new double[way + 1];
		final double[] y = new double[way + 1];
		for (int i = 0; i < way; i++) {
			x[i] = field.left() + field.width() * (view.catheter[2 * i] + 0.01 * draws.normal());
			y[i] = field.top() + field.height() * (view.catheter[2 * i + 1] + 0.01 * draws.normal());
		}
		x[way] = trunk.x()[0];
		y[way] = trunk.y()[0];
		final Curve curve = Curve.through(x, y, CoronaryTree.STEP);
		// Ends before the trunk's rounded end, which it would darken.
		final int size = curve.size() - (int) (trunk.radius()[0] / CoronaryTree.STEP);
		final Curve outside = new Curve(Arrays.copyOf(curve.x(), size), Arrays.copyOf(curve.y(), size));
		return uniform(outside, OF_TRUNK * trunk.radius()[0]);
	}

	/** @param mu of the contrast agent */
	static List<Body> bodies(final Tube outer, final double mu) {
		final Curve curve = new Curve(outer.x(), outer.y());
		final Tube inner = uniform(curve, INNER * outer.radius()[0]);
		return List.of(new Body(List.of(outer), WALL_MU * mu), new Body(List.of(inner), (1 - WALL_MU) * mu));
	}

	private static Tube uniform(final Curve curve, final double radius) {
		final double[] radii = new double[curve.size()];
		Arrays.fill(radii, radius);
		return new Tube(curve.x(), curve.y(), new double[curve.size()], radii);
	}
}
