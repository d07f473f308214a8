package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;

/** Radii of a straightened vessel: a blurred tube fitted at each station, which begins at the gradient edges. */
final class LumenFit {

	/** Background to either side that the fit sees, px. */
	private final double MARGIN = Tune.mg;

	/** Lumens at least so wide between gradient edges, px, tell blur and shape. */
	private static final double WIDE = 4;

	/** Resolved stations whose amplitudes give that of a narrow lumen. */
	private static final int NEAREST = 40;

	/** How well they do: contrast agent mixes. */
	private final double AMPLITUDE_ERROR = Tune.ae;

	private final TracedVessel vessel;

	private final double[][] offsets;

	private final double[][] grey;

	LumenFit(final TracedVessel vessel) {
		this.vessel = vessel;
		final int n = vessel.size();
		offsets = new double[n][];
		grey = new double[n][];
		for (int i = 0; i < n; i++) {
			final int station = i;
			final int from = -reach(i, -1);
			final int to = reach(i, 1);
			offsets[i] = IntStream.rangeClosed(from, to).mapToDouble(k -> k * StraightVessel.STEP).toArray();
			grey[i] = IntStream.rangeClosed(from, to).mapToDouble(k -> vessel.straight().grey(station, k)).toArray();
		}
	}

	/** Columns on one side: up to the margin, or to another vessel. */
	private int reach(final int station, final int side) {
		final double edge = vessel.edge(station, side);
		final int most = vessel.straight().half();
		int reach = Math.min((int) Math.ceil((edge + 2) / StraightVessel.STEP), most);
		while (reach < most && reach * StraightVessel.STEP < edge + MARGIN && !vessel.isMask(station, side * (reach + 1) *
			StraightVessel.STEP))
			reach++;
		return reach;
	}

	/** Stations that tell blur and shape. */
	List<Integer> wide() {
		final List<Integer> wide = new ArrayList<>();
		for (int i = 0; i < vessel.size(); i++)
			if (vessel.usable(i) && vessel.diameter(i) >= WIDE) wide.add(i);
		return wide;
	}

	/** Sum of squared residuals at a station. */
	double cost(final int station, final Blur blur) {
		final double rms = fit(station, blur, ProfileFit.Prior.NONE).rms();
		return rms * rms * offsets[station].length;
	}

	private ProfileFit.Result fit(final int station, final Blur blur, final ProfileFit.Prior prior) {
		return new ProfileFit(blur.profile(), blur.sigma(), offsets[station], grey[station], prior).fit(vessel.centre(
			station), vessel.diameter(station) / 2);
	}

	/**
	 * First each station on its own. Where the lumen shows well, that gives its middle and its amplitude; there they vary
	 * little along a vessel, so that they are known where it is narrow and pale, too. Then the radii, given these.
	 */
	List<Station> stations(final Blur blur) {
		final int n = vessel.size();
		final ProfileFit.Result[] free = new ProfileFit.Result[n];
		for (int i = 0; i < n; i++)
			free[i] = fit(i, blur, ProfileFit.Prior.NONE);
		final double noise = Tune.nf * median(Arrays.stream(free).mapToDouble(ProfileFit.Result::rms).toArray());
		final List<Integer> resolved = IntStream.range(0, n).filter(i -> vessel.usable(i) && free[i].radius() > 1.5 * blur
			.sigma() && free[i].amplitude() > 0).boxed().toList();
		final double[] centres = new double[n];
		final double[] clarity = new double[n];
		for (final int i : resolved) {
			final double expected = nearby(free, resolved, i);
			if (Math.abs(free[i].amplitude() / expected - 1) > 0.5) continue;
			centres[i] = free[i].centre();
			clarity[i] = free[i].radius() * free[i].radius();
		}
		final int half = (int) Math.max(4, Tune.hb * median(IntStream.range(0, n).mapToDouble(vessel::diameter).toArray()));
		final double[] diameters = new double[n];
		final double[] counts = new double[n];
		final double[] middle = new double[n];
		for (int i = 0; i < n; i++) {
			final double[] smooth = LocalFit.at(i, centres, clarity, half, 2);
			middle[i] = smooth == null ? 0 : smooth[0];
			final ProfileFit.Prior prior = resolved.isEmpty() ? ProfileFit.Prior.NONE : new ProfileFit.Prior(nearby(free,
				resolved, i), AMPLITUDE_ERROR, noise);
			final double r = new ProfileFit(blur.profile(), blur.sigma(), offsets[i], grey[i], prior).radius(middle[i], Math.max(vessel.diameter(i) / 2 + 3, 4));
			diameters[i] = 4 * r * r;
			counts[i] = vessel.usable(i) ? 1 : 0;
		}
		final int sm = (int) Math.max(2, Tune.sm * Math.sqrt(median(diameters)));
		final double var = Tune.v * (blur.sigma() * blur.sigma() + Tune.al * Tune.al);
		final List<Station> stations = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			final double[] fit = counts[i] > 0 ? LocalFit.at(i, diameters, counts, sm, 2) : null;
			stations.add(vessel.station(i, middle[i], Math.sqrt(Math.max(0, fit == null ? diameters[i] : fit[0] - var * fit[2]))));
		}
		return stations;
	}

	/** Median amplitude of the resolved stations around. */
	private static double nearby(final ProfileFit.Result[] free, final List<Integer> resolved, final int station) {
		final int place = Collections.binarySearch(resolved, station);
		final int middle = place < 0 ? -place - 1 : place;
		final int from = Math.max(0, Math.min(middle - NEAREST / 2, resolved.size() - NEAREST));
		return median(resolved.subList(from, Math.min(from + NEAREST, resolved.size())).stream().mapToDouble(
			i -> free[i].amplitude()).toArray());
	}

	private static double median(final double[] values) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}
}
