package sc.fiji.vasomim.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * What lies behind the arteries: heart, lungs, spine, ribs, diaphragm, and the fall-off towards the corners. Each part
 * is an attenuation over the field, u to the right and v down in 0..1; the parts add up (law of Beer and Lambert).
 * Amounts are chosen so that grey levels spread as in the ARCADE frames.
 */
final class Thorax implements DoubleBinaryOperator {

	private final List<DoubleBinaryOperator> parts = new ArrayList<>();

	Thorax(final View view, final Draws draws) {
		final boolean right = view == View.RIGHT;
		parts.add(tissue(draws));
		parts.add(heartAndLungs(right, draws));
		if (right || draws.uniform() < 0.75) parts.add(spine(right, draws));
		if (draws.uniform() < 0.85) parts.add(diaphragm(right, draws));
		parts.add(ribs(draws.uniform(0.35, 0.8), 0.09, draws));
		parts.add(ribs(-draws.uniform(0.1, 0.4), 0.06, draws));
	}

	@Override
	public double applyAsDouble(final double u, final double v) {
		double attenuation = 0;
		for (final DoubleBinaryOperator part : parts) attenuation += part.applyAsDouble(u, v);
		return attenuation;
	}

	private static DoubleBinaryOperator tissue(final Draws draws) {
		final Texture slow = new Texture(2, 2, draws);
		final Texture fine = new Texture(24, 3, draws);
		return (u, v) -> {
			final double corner = (u - 0.5) * (u - 0.5) + (v - 0.5) * (v - 0.5);
			return 0.5 + 0.16 * slow.at(u, v) + 0.016 * fine.at(u, v) + 0.3 * corner * corner;
		};
	}

	private static DoubleBinaryOperator heartAndLungs(final boolean right, final Draws draws) {
		final double cu = (right ? 0.55 : 0.22) + draws.uniform(-0.06, 0.06);
		final double cv = (right ? 0.75 : 0.88) + draws.uniform(-0.06, 0.06);
		final double ru = (right ? 0.52 : 0.71) + draws.uniform(-0.05, 0.05);
		final double rv = (right ? 0.80 : 0.97) + draws.uniform(-0.05, 0.05);
		final double border = draws.uniform(0.03, 0.14);
		final double thickness = draws.uniform(0.2, 0.45);
		final Texture outline = new Texture(3, 2, draws);
		final Texture lung = new Texture(9, 4, draws);
		final Texture markings = new Texture(13, 2, draws);
		return (u, v) -> {
			final double du = (u - cu) / ru;
			final double dv = (v - cv) / rv;
			final double rho = Math.sqrt(du * du + dv * dv) + 0.07 * outline.at(u, v);
			final double inside = Shape.edge(1 - rho, border);
			final double bulge = Math.sqrt(Math.max(0, 1 - rho * rho));
			// Lung vessels are winding ridges.
			final double ridge = Math.max(0, 1 - 4 * Math.abs(markings.at(u, v)));
			final double texture = 0.1 * lung.at(u, v) + 0.07 * ridge;
			return inside * (0.26 + thickness * bulge) + (1 - 0.65 * inside) * texture;
		};
	}

	private static DoubleBinaryOperator spine(final boolean right, final Draws draws) {
		final double centre = right ? draws.uniform(0.6, 0.82) : draws.uniform(0, 0.22);
		final double halfWidth = draws.uniform(0.10, 0.15);
		final double tilt = draws.uniform(-0.12, 0.12);
		final double period = draws.uniform(0.21, 0.29);
		final double phase = draws.uniform();
		final double amount = draws.uniform(0.12, 0.27);
		final double softness = draws.uniform(0.25, 0.7);
		final Texture bone = new Texture(30, 2, draws);
		final Texture ragged = new Texture(6, 3, draws);
		return (u, v) -> {
			final double across = (u - centre - tilt * (v - 0.5)) / halfWidth;
			final double along = v / period + phase;
			final double t = along - Math.floor(along) - 0.5;
			// A vertebral body is narrowest in its middle; between two bodies lies a disc, which is less dense.
			final double waist = 1 - 0.12 * (1 - 4 * t * t);
			final double band = Shape.edge(waist - Math.abs(across) + 0.08 * ragged.at(u, v), softness);
			final double end = Math.abs(t) + 0.03 * across * across + 0.015 * ragged.at(u, v);
			final double body = Shape.edge(0.46 - end, 0.05);
			final double plate = Shape.line(end - 0.455, 0.035);
			final double pu = (Math.abs(across) - 0.55) / 0.17;
			final double pv = (t + 0.12) / 0.15;
			final double pedicle = Shape.line(Math.sqrt(pu * pu + pv * pv) - 1, 0.4);
			final double process = Shape.edge(1 - Math.abs(across) / 0.13 - Math.abs(t - 0.15) / 0.3, 0.6);
			return band * (amount + 0.03 * body + 0.07 * plate + 0.06 * pedicle + 0.06 * process +
				0.03 * bone.at(u, v));
		};
	}

	private static DoubleBinaryOperator diaphragm(final boolean right, final Draws draws) {
		final double cu = (right ? 0.12 : 0.62) + draws.uniform(-0.15, 0.15);
		final double ru = draws.uniform(0.45, 0.7);
		final double top = draws.uniform(0.66, 0.95);
		final double rv = draws.uniform(0.35, 0.6);
		final double amount = draws.uniform(0.1, 0.24);
		final double softness = draws.uniform(0.01, 0.03);
		return (u, v) -> {
			final double du = (u - cu) / ru;
			final double dv = (v - top - rv) / rv;
			final double inside = 1 - Math.sqrt(du * du + dv * dv);
			return Shape.edge(inside, softness / rv) * (amount + 0.25 * inside);
		};
	}

	private static DoubleBinaryOperator ribs(final double slope, final double amount, final Draws draws) {
		final double spacing = draws.uniform(0.2, 0.28);
		final double phase = draws.uniform();
		final double bend = draws.uniform(0.2, 0.5);
		final double halfWidth = draws.uniform(0.26, 0.34);
		final Texture wobble = new Texture(3, 1, draws);
		final Texture strength = new Texture(4, 1, draws);
		return (u, v) -> {
			final double line = (v - slope * u - bend * u * u) / spacing + phase + 0.1 * wobble.at(u, v);
			final double t = (line - Math.floor(line) - 0.5) / halfWidth;
			// A rib is a tube of hard bone: denser along its edges.
			final double cortex = 0.55 + 0.45 * t * t;
			return amount * (0.5 + 0.5 * strength.at(u, v)) * Shape.edge(1 - Math.abs(t), 0.25) * cortex;
		};
	}
}
