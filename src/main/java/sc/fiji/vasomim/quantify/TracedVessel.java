package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;

/** A vessel with its edges where the gradient across it is steepest: its centreline, straightened image and edges. */
final class TracedVessel {

	/** Smoothing of the skeleton's path, and of the line midway between the edges, px. */
	private static final double ROUGH = 3;

	private static final double FINE = 2;

	/** Beyond the farthest edge, for background, px. */
	private static final double MARGIN = 6;

	/** A mask's width is taken over so many stations to either side, so that a gap in it has that of its ends. */
	private static final int AROUND = Integer.getInteger("around",10);

	/** A branching or crossing, as far as it disturbs edges, px. */
	record Disturbance(Point centre, double radius) {}

	private final Centreline line;

	private final StraightVessel straight;

	private final double[] left;

	private final double[] right;

	private final DistanceMap mask;

	private final List<Disturbance> disturbances;

	private TracedVessel(final RandomAccessibleInterval<? extends RealType<?>> image, final Centreline line,
		final DistanceMap mask, final List<Disturbance> disturbances)
	{
		this.line = line;
		this.mask = mask;
		this.disturbances = disturbances;
		final double[] limits = limits(line, mask);
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
		final DistanceMap mask, final List<Disturbance> disturbances)
	{
		return new TracedVessel(image, Centreline.through(path, Tune.rough), mask, disturbances);
	}

	/** How far from the centreline an edge is sought: the mask may be too narrow, or have a gap. */
	private static double[] limits(final Centreline line, final DistanceMap mask) {
		final int n = line.size();
		final double[] radii = new double[n];
		final double[] weights = new double[n];
		for (int i = 0; i < n; i++) {
			radii[i] = mask.radius(line.at(i));
			weights[i] = radii[i] > 0 ? 1 : 1e-6;
		}
		final double[] limits = new double[n];
		for (int i = 0; i < n; i++) {
			double radius = 0;
			for (int k = Math.max(0, i - AROUND); k <= Math.min(n - 1, i + AROUND); k++)
				radius = Math.max(radius, radii[k]);
			limits[i] = 3 + 1.3 * radius;
		}
		return limits;
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

	boolean isMask(final int station, final double offset) {
		return mask.radius(line.at(station, offset)) > 0;
	}

	/** Whether no other vessel is in the way. */
	boolean usable(final int station) {
		final Point place = line.at(station);
		return disturbances.stream().noneMatch(d -> d.centre().distance(place) < d.radius());
	}

	Station station(final int i, final double centre, final double diameter) {
		return new Station(i * Centreline.STEP, line.at(i, centre), line.at(i, centre + diameter / 2), line.at(i, centre -
			diameter / 2), diameter, usable(i));
	}

	/** With the gradient edges as they are. */
	List<Station> stations() {
		final List<Station> stations = new ArrayList<>();
		for (int i = 0; i < size(); i++)
			stations.add(station(i, centre(i), diameter(i)));
		return stations;
	}
}
