package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;

/** A vessel with its edges where the gradient across it is steepest: its centreline, straightened image and edges. */
final class TracedVessel {

	/** Smoothing of the path, which on a skeleton goes in steps, px. */
	private static final double SMOOTH = 3;

	/** Beyond the farthest edge, for background, px. */
	private static final double MARGIN = 6;

	/** A mask's width is taken over so many stations to either side, so that a gap in it has that of its ends. */
	private static final int AROUND = 10;

	/** Steepest gradients of a line that is blurred are 2 sigma apart, however thin it is; noise adds to that. */
	private static final double NEAREST = 2.5;

	/** A branching or crossing, as far as it disturbs edges, px. */
	record Disturbance(Point centre, double radius) {}

	private final Centreline line;

	private final StraightVessel straight;

	private final double[] limits;

	private final double[] left;

	private final double[] right;

	private final Widths mask;

	private final List<Disturbance> disturbances;

	private TracedVessel(final RandomAccessibleInterval<? extends RealType<?>> image, final Centreline line,
		final Widths mask, final List<Disturbance> disturbances)
	{
		this.line = line;
		this.mask = mask;
		this.disturbances = disturbances;
		limits = limits(line, mask);
		straight = new StraightVessel(image, line, IntStream.range(0, limits.length).mapToDouble(i -> limits[i]).max()
			.orElse(0) + MARGIN);
		left = EdgePath.find(straight, 1, limits);
		right = EdgePath.find(straight, -1, limits);
	}

	/**
	 * @param image grey levels, dark vessels
	 * @param path along the vessel
	 */
	static TracedVessel trace(final RandomAccessibleInterval<? extends RealType<?>> image, final List<Point> path,
		final Widths mask, final List<Disturbance> disturbances)
	{
		return new TracedVessel(image, Centreline.through(path, SMOOTH), mask, disturbances);
	}

	/** How far from the centreline an edge is sought: the mask may be too narrow, or have a gap. */
	private static double[] limits(final Centreline line, final Widths mask) {
		final double[] limits = new double[line.size()];
		for (int i = 0; i < limits.length; i++)
			limits[i] = 3 + 1.3 * IntStream.range(Math.max(0, i - AROUND), Math.min(limits.length, i + AROUND + 1)).mapToDouble(
				j -> mask.radius(line.at(j))).max().orElse(0);
		return limits;
	}

	/** The line midway between the edges. */
	List<Point> middle() {
		final List<Point> middle = new ArrayList<>();
		for (int i = 0; i < size(); i++)
			middle.add(line.at(i, centre(i)));
		return middle;
	}

	/** Median distance of the edges, px. */
	double width() {
		final double[] widths = IntStream.range(0, size()).mapToDouble(this::diameter).sorted().toArray();
		return widths[widths.length / 2];
	}

	/** Mean gradient at the fainter edge, grey levels / px. */
	double clarity() {
		return IntStream.range(0, size()).mapToDouble(i -> Math.min(gradient(i, 1), gradient(i, -1))).average().orElse(0);
	}

	private double gradient(final int station, final int side) {
		return side * straight.gradient(station, side * (int) Math.round(edge(station, side) / StraightVessel.STEP));
	}

	int size() {
		return line.size();
	}

	StraightVessel straight() {
		return straight;
	}

	/** Distance of an edge from the centreline, px. @param side 1: left, -1: right */
	double edge(final int station, final int side) {
		return side > 0 ? left[station] : right[station];
	}

	/** Offset of the middle between the edges, px. */
	double centre(final int station) {
		return (left[station] - right[station]) / 2;
	}

	/** Distance of the edges, px. */
	double diameter(final int station) {
		return left[station] + right[station];
	}

	/** Whether half of the edges on a side are where their search ends: the true ones are farther away. */
	boolean isCut() {
		return isCut(left) || isCut(right);
	}

	private boolean isCut(final double[] edges) {
		return 2 * IntStream.range(0, size()).filter(i -> edges[i] > limits[i] - 2 * StraightVessel.STEP).count() >= size();
	}

	boolean isMask(final int station, final double offset) {
		return mask.isVessel(line.at(station, offset));
	}

	/** Whether no other vessel is in the way. */
	boolean usable(final int station) {
		final Point place = line.at(station);
		return disturbances.stream().noneMatch(d -> d.centre().distance(place) < d.radius());
	}

	Station station(final int i, final double centre, final double diameter, final double most) {
		return new Station(i * Centreline.STEP, line.at(i, centre), line.at(i, centre + diameter / 2), line.at(i, centre -
			diameter / 2), diameter, most, usable(i));
	}

	/**
	 * With the gradient edges as they are, but where a lumen is not told from an occlusion: there they go astray.
	 *
	 * @param fitted to the same vessel
	 * @param sigma of the image's blur, px
	 */
	List<Station> stations(final List<Station> fitted, final double sigma) {
		final List<Station> stations = new ArrayList<>();
		for (int i = 0; i < size(); i++) {
			final double most = fitted.get(i).most();
			final double diameter = Double.isNaN(most) ? diameter(i) : Math.min(diameter(i), most);
			stations.add(station(i, centre(i), diameter, diameter < NEAREST * sigma ? diameter : most));
		}
		return stations;
	}
}
