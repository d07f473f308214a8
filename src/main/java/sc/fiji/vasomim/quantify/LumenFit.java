package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;

/** Diameters of a straightened vessel: a blurred tube fitted at each station, then smoothed and unblurred along it. */
final class LumenFit {

	/** Background to either side that the fit sees, px. */
	private static final double MARGIN = 4;

	/** From a gradient edge on, the vessel's blurred shadow reaches so far, px. */
	private static final double CLEAR = 2;

	/** Standard deviation of the background's mean along the vessel, px. */
	private static final int STRETCH = 5;

	/** Lumens at least so wide between gradient edges, px, tell blur and shape. */
	private static final double WIDE = 4;

	/** A lumen of so many sigma shows its amplitude and its middle by itself. */
	private static final double RESOLVED = 1.5;

	/** Resolved stations whose amplitudes give that of a narrow lumen. */
	private static final int NEAREST = 40;

	/** Fewer tell less than all vessels of the image together. */
	private static final int FEW = 15;

	/** How well they do: contrast agent mixes. */
	private static final double AMPLITUDE_ERROR = 0.08;

	/** Grey values across a vessel are not independent: their noise weighs so much more than their number says. */
	private static final double CORRELATION = 2;

	/** A fit may leave the middle that the stations around have by so much, px. */
	private static final double SIDEWAYS = 1.5;

	/** A radius may exceed that between the gradient edges by so much, px. */
	private static final double BEYOND = 3;

	/** Half-width of the stretches over which middles and cross-sections are smoothed, in median diameters. */
	private static final double MIDDLE = 1.5;

	private static final double SECTION = 0.7;

	private final TracedVessel vessel;

	private final Runnable stop;

	private final double[][] offsets;

	private final double[][] grey;

	/** @param stop called before each fit; may throw to end it all */
	LumenFit(final TracedVessel vessel, final Runnable stop) {
		this.vessel = vessel;
		this.stop = stop;
		final int n = vessel.size();
		offsets = new double[n][];
		grey = new double[n][];
		for (int i = 0; i < n; i++) {
			final int station = i;
			final int from = -reach(i, -1);
			final int to = reach(i, 1);
			offsets[i] = IntStream.rangeClosed(from, to).mapToDouble(k -> k * StraightVessel.STEP).toArray();
			grey[i] = IntStream.rangeClosed(from, to).mapToDouble(k -> grey(station, k)).toArray();
		}
	}

	/** Beside the vessel, a mean over a longer stretch: the background changes slowly along it, its noise does not. */
	private double grey(final int station, final int column) {
		if (!isBeside(station, column)) return vessel.straight().grey(station, column);
		double sum = 0;
		double weights = 0;
		for (int i = Math.max(0, station - 3 * STRETCH); i <= Math.min(vessel.size() - 1, station + 3 * STRETCH); i++) {
			if (!isBeside(i, column)) continue;
			final double weight = Math.exp(-0.5 * (i - station) * (i - station) / (STRETCH * STRETCH));
			sum += weight * vessel.straight().grey(i, column);
			weights += weight;
		}
		return sum / weights;
	}

	private boolean isBeside(final int station, final int column) {
		final int side = column < 0 ? -1 : 1;
		return side * column * StraightVessel.STEP > vessel.edge(station, side) + CLEAR && !vessel.isMask(station, column *
			StraightVessel.STEP);
	}

	/** Columns on one side: up to the margin, or to another vessel. */
	private int reach(final int station, final int side) {
		final double edge = vessel.edge(station, side);
		final int most = vessel.straight().half();
		int reach = Math.min((int) Math.ceil((edge + CLEAR) / StraightVessel.STEP), most);
		while (reach < most && reach * StraightVessel.STEP < edge + MARGIN && !vessel.isMask(station, side * (reach + 1) *
			StraightVessel.STEP))
			reach++;
		return reach;
	}

	/** Stations that tell blur and shape. */
	List<Integer> wide() {
		return IntStream.range(0, vessel.size()).filter(i -> vessel.usable(i) && vessel.diameter(i) >= WIDE).boxed().toList();
	}

	/** Sum of squared residuals at a station. */
	double cost(final int station, final Blur blur) {
		final double rms = free(station, blur).rms();
		return rms * rms * offsets[station].length;
	}

	/** As if nothing were known of its surroundings. */
	ProfileFit.Result free(final int station, final Blur blur) {
		return fit(station, blur, ProfileFit.Prior.NONE).fit(vessel.centre(station), vessel.diameter(station) / 2);
	}

	private ProfileFit fit(final int station, final Blur blur, final ProfileFit.Prior prior) {
		stop.run();
		return new ProfileFit(blur, offsets[station], grey[station], prior);
	}

	/**
	 * First each station on its own. Where the lumen shows well, that gives its middle and its amplitude, which vary
	 * little along a vessel, so that they are known where it is narrow and pale, too. Then the radii, given these.
	 */
	List<Station> stations(final Blur blur) {
		final int n = vessel.size();
		final ProfileFit.Result[] free = new ProfileFit.Result[n];
		for (int i = 0; i < n; i++)
			free[i] = free(i, blur);
		final List<Integer> resolved = IntStream.range(0, n).filter(i -> vessel.usable(i) && free[i].radius() > RESOLVED *
			blur.sigma() && free[i].amplitude() > 0).boxed().toList();
		final double noise = CORRELATION * median(Arrays.stream(free).mapToDouble(ProfileFit.Result::rms).toArray());
		final double[] amplitudes = new double[n];
		for (int i = 0; i < n; i++)
			amplitudes[i] = resolved.size() < FEW ? blur.amplitude() : nearby(free, resolved, i);
		final double[] middles = middles(free, resolved, amplitudes);
		final double[] radii = new double[n];
		for (int i = 0; i < n; i++) {
			final ProfileFit.Prior prior = Double.isNaN(amplitudes[i]) ? ProfileFit.Prior.NONE : new ProfileFit.Prior(
				amplitudes[i], AMPLITUDE_ERROR, noise);
			radii[i] = radius(fit(i, blur, prior), middles[i], vessel.diameter(i) / 2 + BEYOND);
		}
		final double[] limits = Arrays.stream(amplitudes).map(amplitude -> blur.limit(amplitude, noise)).toArray();
		return stations(middles, radii, limits, blur.sigma());
	}

	/** Median amplitude of the resolved stations around. */
	private static double nearby(final ProfileFit.Result[] free, final List<Integer> resolved, final int station) {
		final int place = Collections.binarySearch(resolved, station);
		final int after = place < 0 ? -place - 1 : place;
		final int from = Math.max(0, Math.min(after - NEAREST / 2, resolved.size() - NEAREST));
		return median(resolved.subList(from, Math.min(from + NEAREST, resolved.size())).stream().mapToDouble(
			i -> free[i].amplitude()).toArray());
	}

	/** Offsets of the axis from the centreline, smoothed; the wider the lumen, the surer. */
	private double[] middles(final ProfileFit.Result[] free, final List<Integer> resolved, final double[] amplitudes) {
		final int n = free.length;
		final double[] centres = Arrays.stream(free).mapToDouble(ProfileFit.Result::centre).toArray();
		final double[] weights = new double[n];
		for (final int i : resolved)
			if (Math.abs(free[i].amplitude() / amplitudes[i] - 1) < 0.5) weights[i] = free[i].radius() * free[i].radius();
		final int half = (int) Math.max(4, MIDDLE * vessel.width());
		return IntStream.range(0, n).mapToDouble(i -> {
			final double[] middle = LocalFit.at(i, centres, weights, half, 2);
			return middle == null ? 0 : middle[0];
		}).toArray();
	}

	private static double radius(final ProfileFit fit, final double middle, final double largest) {
		final double radius = fit.radius(middle, largest);
		final ProfileFit.Result result = fit.fit(middle, radius);
		return Math.abs(result.centre() - middle) < SIDEWAYS ? result.radius() : radius;
	}

	/**
	 * Blur and the mean over neighbouring stations act along the vessel, too, and fill narrowings: where the cross-section
	 * is a parabola a + c s^2 of the position s, a Gaussian of variance v makes it a + c (v + s^2).
	 */
	private List<Station> stations(final double[] middles, final double[] radii, final double[] limits,
		final double sigma)
	{
		final int n = radii.length;
		final double[] squares = Arrays.stream(radii).map(r -> 4 * r * r).toArray();
		final double[] usable = IntStream.range(0, n).mapToDouble(i -> vessel.usable(i) ? 1 : 0).toArray();
		final int half = (int) Math.max(2, SECTION * 2 * median(radii));
		final double variance = sigma * sigma + StraightVessel.ALONG * StraightVessel.ALONG;
		final List<Station> stations = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			// At the end of what can be measured, nothing tells a parabola.
			final boolean inside = count(usable, i - half, i) > half / 2 && count(usable, i, i + half) > half / 2;
			final double[] fit = LocalFit.at(i, squares, usable, half, inside ? 2 : 1);
			final double square = fit == null || usable[i] == 0 ? squares[i] : inside ? fit[0] - variance * fit[2] : fit[0];
			final double diameter = root(square, sigma);
			stations.add(vessel.station(i, middles[i], diameter, diameter < limits[i] ? Math.hypot(diameter, limits[i])
				: Double.NaN));
		}
		return stations;
	}

	private static double count(final double[] weights, final int from, final int to) {
		return IntStream.rangeClosed(Math.max(0, from), Math.min(weights.length - 1, to)).mapToDouble(i -> weights[i]).sum();
	}

	/** Noise makes negative squares of small ones; far below the blur, diameters are no more than a sign of a tight place. */
	private static double root(final double square, final double sigma) {
		return Math.sqrt((square + Math.hypot(square, sigma * sigma)) / 2);
	}

	private static double median(final double[] values) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
	}
}
