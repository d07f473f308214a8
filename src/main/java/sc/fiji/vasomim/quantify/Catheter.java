package sc.fiji.vasomim.quantify;

import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** The catheter as a ruler: its outer diameter is known, in French, so that its width in px gives the size of a pixel. */
public final class Catheter {

	/** mm in a French. */
	public static final double FRENCH = 1.0 / 3;

	/** Half-width at which edges are looked for around a line, px: 6 French at 0.1 mm a pixel. */
	private static final double HALF_WIDTH = 10;

	/** Half the length of catheter that is measured where a line crosses it, px. */
	private static final double SHORT = 15;

	/** Of a line, px. */
	private static final double LEAST = 4;

	/** There is no mask: about as wide as that all along the line, and background beside it. */
	private static final Widths WIDTHS = new Widths() {

		@Override
		public double radius(final Point place) {
			return HALF_WIDTH;
		}

		@Override
		public boolean isVessel(final Point place) {
			return false;
		}
	};

	private Catheter() {}

	/**
	 * The width of a catheter, measured as that of a vessel: blurred tubes are fitted between its gradient edges, which
	 * by themselves would be an eighth too near to one another.
	 *
	 * @param image W x H, grey levels, dark catheter
	 * @param line along the catheter, or of two points across it; what has the clearer edges is taken
	 * @return median over the line, px
	 * @throws IllegalArgumentException if the line has fewer than two points or is shorter than 4 px, or no edge of a dark
	 *           catheter is near it on either side
	 */
	public static double width(final RandomAccessibleInterval<? extends RealType<?>> image, final List<Point> line) {
		if (line.size() < 2) throw new IllegalArgumentException("catheterline: needs two points or more, but has " + line
			.size() + ". Draw a line along the catheter.");
		final double length = IntStream.range(1, line.size()).mapToDouble(i -> line.get(i - 1).distance(line.get(i))).sum();
		if (!(length >= LEAST)) throw new IllegalArgumentException("catheterline: must be " + LEAST + " px long or more, but is "
			+ length + ". Draw it along a straight piece of the catheter.");
		final TracedVessel along = trace(image, line);
		final TracedVessel across = line.size() == 2 ? trace(image, crossing(line.get(0), line.get(1))) : along;
		final TracedVessel clearer = across.clarity() > along.clarity() ? across : along;
		if (!(clearer.clarity() > 0) || clearer.isCut()) throw new IllegalArgumentException(
			"catheterline: must have a dark catheter's edges within 15 px on either side, but has not. Draw it along the " +
				"catheter's middle, or scale the image down.");
		final LumenFit fit = new LumenFit(clearer, () -> {});
		final double[] widths = fit.stations(Blur.of(List.of(fit), 0)).stream().mapToDouble(DiameterProfile.Station::diameter)
			.sorted().toArray();
		return widths[widths.length / 2];
	}

	private static TracedVessel trace(final RandomAccessibleInterval<? extends RealType<?>> image,
		final List<Point> line)
	{
		// Drawn by hand, a line is neither in the middle nor parallel; between the edges it is.
		final TracedVessel drawn = TracedVessel.trace(image, line, WIDTHS, List.of());
		return TracedVessel.trace(image, drawn.middle(), WIDTHS, List.of());
	}

	/** Through the middle of two points, at right angles. */
	private static List<Point> crossing(final Point a, final Point b) {
		final double length = Math.max(1e-9, a.distance(b));
		final double x = (a.x() + b.x()) / 2;
		final double y = (a.y() + b.y()) / 2;
		final double dx = SHORT * (b.y() - a.y()) / length;
		final double dy = -SHORT * (b.x() - a.x()) / length;
		return List.of(new Point(x - dx, y - dy), new Point(x + dx, y + dy));
	}
}
