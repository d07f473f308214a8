package sc.fiji.vasomim.quantify;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;

/**
 * The vessels of an angiogram, ready to be measured. Immutable after its construction; any number of threads may ask.
 */
public final class VesselTree {

	/** A branching disturbs the edges of its vessels a little beyond its own width. */
	private static final double DISTURBED = 1.25;

	private static final double DISTURBED_PX = 2;

	/** Diameter by the mask, px: more is no vessel, and its straightened image would fill the memory. */
	private static final double WIDEST = 200;

	private final RandomAccessibleInterval<? extends RealType<?>> image;

	private final StenosisSettings settings;

	private final CentrelineGraph graph;

	private final MaskWidths mask;

	private final List<TracedVessel.Disturbance> disturbances;

	private final List<TracedVessel> vessels;

	private final Blur blur;

	private final Runnable stop;

	/** As {@link #VesselTree(RandomAccessibleInterval, RandomAccessibleInterval, StenosisSettings, Runnable)}, never stopped. */
	public VesselTree(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> mask, final StenosisSettings settings)
	{
		this(image, mask, settings, () -> {});
	}

	/**
	 * @param image W x H, grey levels that fall with the contrast agent: dark vessels
	 * @param mask W x H, every pixel other than 0 belongs to a vessel
	 * @param stop called often, here and whenever vessels are measured; what it throws, as a CancellationException, ends that
	 * @throws IllegalArgumentException if one is not 2D, the sizes differ, or the mask holds no vessel, no pixel outside of
	 *           vessels, or one of more than 200 px in diameter
	 */
	public VesselTree(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> mask, final StenosisSettings settings,
		final Runnable stop)
	{
		check(image, mask);
		this.stop = stop;
		this.image = image;
		this.settings = settings;
		final boolean[] inside = Planes.inside(mask);
		if (IntStream.range(0, inside.length).allMatch(i -> inside[i])) throw new IllegalArgumentException(
			"mask: must be 0 outside of vessels, but is 0 nowhere. Give a mask of the vessels alone.");
		this.mask = new MaskWidths(inside, (int) mask.dimension(0));
		graph = CentrelineGraph.of(mask, this.mask, stop);
		if (graph.edges().isEmpty()) throw new IllegalArgumentException(
			"mask: it holds no vessel. Give a mask that is not 0 where vessels are.");
		requireVessels();
		disturbances = graph.nodes().stream().filter(node -> node.degree() > 2).map(node -> new TracedVessel.Disturbance(node
			.place(), DISTURBED * node.radius() + DISTURBED_PX)).toList();
		vessels = Vessels.of(graph, this.mask, settings.smallest()).stream().map(this::trace).toList();
		blur = Blur.of(vessels.stream().map(vessel -> new LumenFit(vessel, stop)).toList(), settings.blur());
	}

	private static void check(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> mask)
	{
		if (image.numDimensions() != 2) throw new IllegalArgumentException("image: must be of 2 dimensions, but is of " +
			image.numDimensions() + "; give one plane at a time");
		if (mask.numDimensions() == 2 && (mask.dimension(0) != image.dimension(0) || mask.dimension(1) != image.dimension(
			1))) throw new IllegalArgumentException("mask: must be of the image's size, " + image.dimension(0) + " x " + image
				.dimension(1) + " px, but is of " + mask.dimension(0) + " x " + mask.dimension(1) +
				". Give the mask of this image.");
	}

	private void requireVessels() {
		final Point widest = graph.edges().stream().flatMap(edge -> edge.path().stream()).max(Comparator.comparingDouble(
			mask::radius)).orElseThrow();
		final double width = 2 * mask.radius(widest);
		if (width > WIDEST) throw new IllegalArgumentException("mask: must hold vessels of " + Math.round(WIDEST) +
			" px in diameter or less, but is " + Math.round(width) + " px wide at (" + Math.round(widest.x()) + ", " + Math.round(
				widest.y()) + "). Give a mask that is 0 outside of vessels, or scale image and mask down.");
	}

	private TracedVessel trace(final List<Point> path) {
		stop.run();
		return TracedVessel.trace(image, path, mask, disturbances);
	}

	/** Whether no vessel is wide enough to tell the blur, so that 1 px is assumed. */
	public boolean isBlurAssumed() {
		return settings.corrected() && blur == Blur.ASSUMED;
	}

	/** Standard deviation of the image's blur, px; NaN if diameters are not corrected for it. */
	public double blur() {
		return settings.corrected() ? blur.sigma() : Double.NaN;
	}

	/** Exponent of the cross-section, from 0 (flat) to 0.5 (a cylinder's chords); NaN if diameters are not corrected. */
	public double shape() {
		return settings.corrected() ? blur.profile().shape() : Double.NaN;
	}

	/** All vessels of the mask that are wide enough, each running on past its side branches. */
	public List<DiameterProfile> vessels() {
		return vessels.stream().map(vessel -> profile(vessel, false)).toList();
	}

	/**
	 * The vessel along given places.
	 *
	 * @param places two or more near centrelines; between two of them the shortest way along the mask's vessels is taken
	 * @throws IllegalArgumentException if a place is far from any vessel, there is no way, or it is too short
	 */
	public DiameterProfile along(final List<Point> places) {
		final List<Point> way = new Route(graph, mask).through(places);
		if (way.size() < Vessels.SHORTEST) throw new IllegalArgumentException("line: must go along " + Vessels.SHORTEST +
			" px of a vessel or more, but goes along " + (way.size() - 1) + ". Draw it from before the lesion to behind it.");
		return profile(trace(way), true);
	}

	private DiameterProfile profile(final TracedVessel vessel, final boolean picked) {
		final List<Station> fitted = new LumenFit(vessel, stop).stations(blur);
		return new DiameterProfile(settings.corrected() ? fitted : vessel.stations(fitted, blur.sigma()), picked);
	}

	/**
	 * The lesions of a vessel, by the settings. A picked vessel may have a lesion at its end, next to one healthy stretch
	 * alone; among all vessels, what is narrow up to its end is an end.
	 */
	public List<Lesion> lesions(final DiameterProfile vessel) {
		return Lesions.find(vessel, settings);
	}
}
