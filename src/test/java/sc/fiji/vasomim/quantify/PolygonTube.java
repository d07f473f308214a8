package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A bent vessel with a stenosis, drawn in another way than the sample angiograms: as polygons on a grid of 5 x 5 points
 * a pixel, blurred by a Gaussian. Either flat, one polygon, or round, many thin ones within one another that add up to
 * the chords of circles. Its truth is that of the outline.
 *
 * @param image grey levels, dark vessel
 * @param mask pixels whose centre lies in a vessel
 * @param start on the centreline, near one end
 * @param end near the other end
 * @param percent diameter stenosis at the narrowest place
 * @param reference diameter of the healthy tube, px
 */
record PolygonTube(Img<FloatType> image, Img<UnsignedByteType> mask, Point start, Point end, double percent,
	double reference)
{

	static final int SIZE = 160;

	private static final int RAYS = 5;

	private static final int LAYERS = 24;

	/** How a tube is drawn. @param bend radius of its centreline, px @param crossed by another vessel */
	record Plan(double percent, double diameter, double bend, double blur, boolean round, boolean crossed, double noise) {}

	/** Twenty of all kinds. */
	static List<Plan> plans() {
		final Random random = new Random(20);
		final List<Plan> plans = new ArrayList<>();
		for (int i = 0; i < 20; i++)
			plans.add(new Plan(20 + 70 * i / 19.0, 5 + 5 * random.nextDouble(), i % 5 == 0 ? 1e6 : 45 + 100 * random
				.nextDouble(), 1 + random.nextDouble(), i % 2 == 1, i % 4 > 1, 2));
		return plans;
	}

	static PolygonTube draw(final Plan plan, final long seed) {
		final double half = 2.2 * plan.diameter;
		final DoubleUnaryOperator radius = s -> plan.diameter / 2 * (1 - (Math.abs(s) < half ? plan.percent / 200 * (1 + Math
			.cos(Math.PI * s / half)) : 0));
		final double[] grey = new double[SIZE * SIZE];
		final byte[] mask = new byte[SIZE * SIZE];
		draw(grey, mask, plan, radius);
		final float[] image = new float[grey.length];
		final double[] blurred = blur(grey, SIZE, plan.blur);
		final Random random = new Random(seed);
		for (int i = 0; i < image.length; i++)
			image[i] = (float) (180 + 0.1 * (i % SIZE) - 60 * blurred[i] + plan.noise * random.nextGaussian());
		return new PolygonTube(ArrayImgs.floats(image, SIZE, SIZE), ArrayImgs.unsignedBytes(mask, SIZE, SIZE), at(plan, -60),
			at(plan, 60), plan.percent, plan.diameter);
	}

	/** A place on the arc through the image's middle, at an offset to its side. */
	private static Point at(final Plan plan, final double s, final double offset) {
		final double angle = s / plan.bend;
		final double tilt = 0.4;
		final double u = (plan.bend - offset) * Math.sin(angle);
		final double v = plan.bend - (plan.bend - offset) * Math.cos(angle);
		final double middle = SIZE / 2.0 + 0.3;
		return new Point(middle + Math.cos(tilt) * u - Math.sin(tilt) * v, middle + Math.sin(tilt) * u + Math.cos(tilt) * v);
	}

	private static Point at(final Plan plan, final double s) {
		return at(plan, s, 0);
	}

	private static void draw(final double[] grey, final byte[] mask, final Plan plan, final DoubleUnaryOperator radius) {
		final double largest = radius.applyAsDouble(1e3);
		final int layers = plan.round ? LAYERS : 1;
		for (int k = 0; k < layers; k++) {
			// Between the layers' edges, a chord of the healthy tube grows by equal steps.
			final double depth = largest * (k + 0.5) / layers;
			final DoubleUnaryOperator layer = !plan.round ? radius : s -> Math.sqrt(Math.max(0, radius.applyAsDouble(s) * radius
				.applyAsDouble(s) - depth * depth));
			fill(grey, outline(plan, layer), 1.0 / layers);
		}
		final double[] inside = new double[grey.length];
		fill(inside, outline(plan, radius), 1);
		if (plan.crossed) {
			final List<Point> other = crossing(plan);
			fill(grey, other, 0.8);
			fill(inside, other, 1);
		}
		for (int i = 0; i < mask.length; i++)
			if (inside[i] >= 0.5) mask[i] = (byte) 255;
	}

	private static List<Point> outline(final Plan plan, final DoubleUnaryOperator radius) {
		final List<Point> outline = new ArrayList<>();
		for (double s = -70; s <= 70; s += 0.5)
			outline.add(at(plan, s, radius.applyAsDouble(s)));
		for (double s = 70; s >= -70; s -= 0.5)
			outline.add(at(plan, s, -radius.applyAsDouble(s)));
		return outline;
	}

	/** A straight vessel over the tube, beyond its lesion. */
	private static List<Point> crossing(final Plan plan) {
		final Point a = at(plan, 42, 40);
		final Point b = at(plan, 42, -40);
		final double dx = 2 * (b.y() - a.y()) / a.distance(b);
		final double dy = -2 * (b.x() - a.x()) / a.distance(b);
		return List.of(new Point(a.x() + dx, a.y() + dy), new Point(b.x() + dx, b.y() + dy), new Point(b.x() - dx, b.y() - dy),
			new Point(a.x() - dx, a.y() - dy));
	}

	/** Adds the share of each pixel that a polygon covers, by the rule of even and odd crossings. */
	private static void fill(final double[] grey, final List<Point> polygon, final double value) {
		for (int row = 0; row < SIZE * RAYS; row++) {
			final double y = (row + 0.5) / RAYS - 0.5;
			final List<Double> crossings = new ArrayList<>();
			for (int i = 0; i < polygon.size(); i++) {
				final Point a = polygon.get(i);
				final Point b = polygon.get((i + 1) % polygon.size());
				if (a.y() <= y != b.y() <= y) crossings.add(a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x()));
			}
			crossings.sort(null);
			for (int i = 0; i + 1 < crossings.size(); i += 2)
				for (int column = 0; column < SIZE * RAYS; column++) {
					final double x = (column + 0.5) / RAYS - 0.5;
					if (x >= crossings.get(i) && x < crossings.get(i + 1)) grey[row / RAYS * SIZE + column / RAYS] += value / (RAYS *
						RAYS);
				}
		}
	}

	/** By a Gaussian; what lies beyond the border is as the border. */
	static double[] blur(final double[] pixels, final int width, final double sigma) {
		final double[] rows = new double[pixels.length];
		final double[] blurred = new double[pixels.length];
		final int reach = (int) Math.ceil(4 * sigma);
		for (final boolean along : new boolean[] { true, false })
			for (int i = 0; i < pixels.length; i++) {
				double sum = 0;
				double weights = 0;
				for (int k = -reach; k <= reach; k++) {
					final double weight = Math.exp(-k * k / (2 * sigma * sigma));
					final int x = Math.max(0, Math.min(width - 1, i % width + (along ? k : 0)));
					final int y = Math.max(0, Math.min(pixels.length / width - 1, i / width + (along ? 0 : k)));
					sum += weight * (along ? pixels : rows)[y * width + x];
					weights += weight;
				}
				(along ? rows : blurred)[i] = sum / weights;
			}
		return blurred;
	}
}
