package sc.fiji.vasomim.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import sc.fiji.vasomim.sample.Projector.Body;

/**
 * A drawn X-ray angiogram of a coronary artery, and what is true in it: for tutorials, tests, and as a ruler for
 * measured diameters. Not a patient's image, and no model of one.
 * <p>
 * All images are W x H. An artery darkens the image by the thickness of contrast agent that a ray crosses, the chord of
 * its circular cross-section; but for noise and unsharpness, a grey level is 232 + 105 ln(I / I0), clamped to 0..255.
 *
 * @param settings what it was drawn from
 * @param image grey levels
 * @param mask 255 where a pixel's centre lies in an artery and in the open field, else 0; the catheter is no artery
 * @param labels there the id of the segment with the longest chord, else 0
 * @param segments each after its parent
 * @param stenoses in the order drawn
 */
public record SyntheticAngiogram(AngiogramSettings settings, Img<UnsignedByteType> image, Img<UnsignedByteType> mask,
	Img<UnsignedShortType> labels, List<Segment> segments, List<Stenosis> stenoses)
{

	public SyntheticAngiogram {
		segments = List.copyOf(segments);
		stenoses = List.copyOf(stenoses);
	}

	/**
	 * Draws an angiogram; the images are the caller's.
	 *
	 * @throws IllegalArgumentException if the arteries of this seed have no room for so many stenoses
	 */
	public static SyntheticAngiogram generate(final AngiogramSettings settings) {
		final int width = settings.width();
		final int height = settings.height();
		final Field field = Field.draw(width, height, draws(settings, "field"));
		final View view = View.draw(settings.coronary(), draws(settings, "view"));
		final List<Branch> branches = CoronaryTree.grow(view, field, draws(settings, "tree"));
		final List<Tube> arteries = branches.stream().map(Branch::tube).toList();
		final Tube catheter = Catheter.tube(view, field, arteries.get(0), draws(settings, "catheter"));
		final List<Stenosis> stenoses = new Lesions(branches, catheter, field, draws(settings, "lesions"))
			.place(settings.stenoses(), settings.percent());

		final double trunk = 2 * arteries.get(0).radius()[0];
		final double mu = draws(settings, "contrast agent").uniform(0.45, 0.75) / trunk;
		final List<Body> bodies = new ArrayList<>(Catheter.bodies(catheter, mu));
		bodies.add(new Body(arteries, mu));
		final double[] transmission = Projector.project(bodies, width, height);
		shade(transmission, width, field, new Thorax(view, draws(settings, "thorax")));

		final List<Segment> segments = new ArrayList<>();
		for (final Branch branch : branches) segments.add(Outline.segment(segments.size() + 1, branch));
		final short[] labels = Outline.labels(arteries, width, height, field);
		return new SyntheticAngiogram(settings, Detector.expose(transmission, settings),
			ArrayImgs.unsignedBytes(Outline.mask(labels), width, height),
			ArrayImgs.unsignedShorts(labels, width, height), segments, stenoses);
	}

	private static Draws draws(final AngiogramSettings settings, final String purpose) {
		return new Draws(settings.seed(), purpose);
	}

	/** Adds what lies behind the arteries, and the collimator's shutters. */
	private static void shade(final double[] transmission, final int width, final Field field,
		final DoubleBinaryOperator thorax)
	{
		final double penumbra = 0.012 * field.width();
		for (int i = 0; i < transmission.length; i++) {
			final int x = i % width;
			final int y = i / width;
			final double u = (x - field.left()) / field.width();
			final double v = (y - field.top()) / field.height();
			final double shutter = 2 * (1 - Shape.step(1 + field.depth(x, y) / penumbra));
			transmission[i] *= StrictMath.exp(-thorax.applyAsDouble(u, v) - shutter);
		}
	}
}
