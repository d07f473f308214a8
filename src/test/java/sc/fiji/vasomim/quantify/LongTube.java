package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A straight, round, horizontal vessel with an even lesion in its middle, its chords averaged over 5 x 5 points a pixel,
 * blurred by a Gaussian of 1 px, with noise.
 *
 * @param image grey levels, dark vessel
 * @param mask as if the lesion were not there
 * @param truth diameter by x, px
 */
record LongTube(Img<FloatType> image, Img<UnsignedByteType> mask, DoubleUnaryOperator truth) {

	static final int WIDTH = 240;

	static final int HEIGHT = 41;

	static final double MIDDLE = 20.2;

	/** Of the healthy vessel in the image's middle, px. */
	static final double DIAMETER = 8;

	private static final int POINTS = 5;

	/**
	 * @param percent diameter stenosis
	 * @param length where the lesion is half as deep or more, in diameters, 1 or more; its shoulders are a diameter long
	 * @param taper of the healthy diameter, px from one side of the image to the other
	 * @param noise standard deviation, grey levels; the middle of the healthy vessel is 60 darker than its surroundings
	 */
	static LongTube draw(final double percent, final double length, final double taper, final double noise,
		final long seed)
	{
		final DoubleUnaryOperator truth = x -> (DIAMETER + taper * (0.5 - x / WIDTH)) * (1 - percent / 100 * depth((x -
			WIDTH / 2.0) / DIAMETER, length));
		final double[] chords = new double[WIDTH * HEIGHT];
		final byte[] mask = new byte[WIDTH * HEIGHT];
		for (int i = 0; i < chords.length; i++) {
			for (int k = 0; k < POINTS * POINTS; k++) {
				final double radius = truth.applyAsDouble(i % WIDTH + (k % POINTS + 0.5) / POINTS - 0.5) / 2;
				final double y = i / WIDTH + (k / POINTS + 0.5) / POINTS - 0.5 - MIDDLE;
				chords[i] += 2 * Math.sqrt(Math.max(0, radius * radius - y * y)) / (DIAMETER * POINTS * POINTS);
			}
			if (Math.abs(i / WIDTH - MIDDLE) < DIAMETER / 2) mask[i] = (byte) 255;
		}
		final double[] blurred = PolygonTube.blur(chords, WIDTH, 1);
		final Random random = new Random(seed);
		final float[] image = new float[chords.length];
		for (int i = 0; i < image.length; i++)
			image[i] = (float) (180 - 60 * blurred[i] + noise * random.nextGaussian());
		return new LongTube(ArrayImgs.floats(image, WIDTH, HEIGHT), ArrayImgs.unsignedBytes(mask, WIDTH, HEIGHT), truth);
	}

	/** 0..1 at a place, in diameters from the lesion's middle. */
	private static double depth(final double place, final double length) {
		final double beyond = Math.abs(place) - (length - 1) / 2;
		return beyond <= 0 ? 1 : beyond >= 1 ? 0 : (1 + Math.cos(Math.PI * beyond)) / 2;
	}

	/** Two diameters before and behind the lesion. */
	static List<Point> line(final double length) {
		final double half = DIAMETER * ((length + 1) / 2 + 2);
		return List.of(new Point(WIDTH / 2.0 - half, MIDDLE), new Point(WIDTH / 2.0 + half, MIDDLE));
	}

	/** Of the lesion that was drawn, by lengths from 1 to 10 diameters, for docs/quantify.md. */
	static void study() {
		System.out.println("\n| length (diameters) | two points: found | mean error | mean absolute | all vessels: found | " +
			"mean error | mean absolute | taper: found | mean error | mean absolute |\n|---|---|---|---|---|---|---|---|---|---|");
		for (int length = 1; length <= 10; length++)
			System.out.printf("| %d | %s | %s | %s |%n", length, errors(length, 0, true), errors(length, 0, false), errors(length,
				2, false));
	}

	static List<Double> percents(final double percent, final double length, final double taper, final boolean picked,
		final double noise, final int seeds)
	{
		final List<Double> percents = new ArrayList<>();
		for (int seed = 1; seed <= seeds; seed++) {
			final LongTube tube = draw(percent, length, taper, noise, seed);
			final VesselTree tree = new VesselTree(tube.image, tube.mask, StenosisSettings.DEFAULT);
			final DiameterProfile vessel = picked ? tree.along(line(length)) : tree.vessels().get(0);
			tree.lesions(vessel).stream().mapToDouble(Lesion::percent).max().ifPresent(percents::add);
		}
		return percents;
	}

	private static String errors(final double length, final double taper, final boolean picked) {
		final int seeds = 10;
		final double[] errors = percents(50, length, taper, picked, 2, seeds).stream().mapToDouble(p -> p - 50).toArray();
		return String.format("%d of %d | %.1f | %.1f", errors.length, seeds, DoubleStream.of(errors).average().orElse(
			Double.NaN), DoubleStream.of(errors).map(Math::abs).average().orElse(Double.NaN));
	}
}
