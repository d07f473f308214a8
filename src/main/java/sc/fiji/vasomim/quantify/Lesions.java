package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds narrowings in a diameter profile. A narrowing is a valley: the vessel is wider before and behind it. So the
 * healthy diameter is first that of the lower rim of each valley, however long (up to {@link #SPAN}), or what most
 * stations around have, whichever is more; then a line through the stations around, fitted again and again without those
 * that lie below or far above it. A lesion is where the profile falls below it. The reference of each lesion then is
 * interpolated between the healthy stations next to it on either side.
 */
final class Lesions {

	/** A lesion begins and ends where the diameter is this share of the reference. */
	static final double EXTENT = 0.9;

	/** A station is wider than healthy beyond this share of the line. */
	private static final double WIDE = 1.15;

	/** Stations around that the healthy line is fitted to, in diameters to either side, and at least so many px. */
	private static final double AROUND = 6;

	private static final int LEAST = 30;

	/** Beyond the healthy stations next to a lesion on the far side, for there the weights of the line end. */
	private static final double FARTHER = 1.25;

	/** From a place in a lesion to its farther rim, in diameters: lesions of 10 and their shoulders. */
	private static final double SPAN = 13;

	/** A vessel's diameter where it is healthy, from which windows are taken: this share of its stations is narrower. */
	private static final double HEALTHY = 0.85;

	/** Healthy stations that the reference is taken from, in diameters on either side. */
	private static final double NEXT = 1.5;

	private static final int ITERATIONS = 6;

	private final double[] diameters;

	private final boolean[] usable;

	private final DiameterProfile profile;

	private final boolean picked;

	/** About that of the healthy vessel, px. */
	private final double typical;

	private final int window;

	private final double[] healthy;

	private final double[] isHealthy;

	private Lesions(final DiameterProfile profile) {
		this.profile = profile;
		picked = profile.picked();
		final int n = profile.stations().size();
		usable = new boolean[n];
		for (int i = 0; i < n; i++)
			usable[i] = profile.stations().get(i).usable();
		diameters = bridged(profile, usable);
		typical = percentile(diameters, 0, n - 1, HEALTHY);
		window = (int) Math.max(LEAST, AROUND * typical);
		healthy = new double[n];
		isHealthy = new double[n];
		fit();
	}

	/** The lesions along the vessel. */
	static List<Lesion> find(final DiameterProfile profile, final StenosisSettings settings) {
		if (profile.stations().stream().noneMatch(DiameterProfile.Station::usable)) return List.of();
		return new Lesions(profile).find(settings);
	}

	/** At branchings and crossings, what the stations before and after have. */
	private static double[] bridged(final DiameterProfile profile, final boolean[] usable) {
		final int n = usable.length;
		final double[] diameters = new double[n];
		int before = -1;
		for (int i = 0; i < n; i++) {
			if (usable[i]) {
				diameters[i] = profile.stations().get(i).diameter();
				for (int k = before + 1; k < i; k++)
					diameters[k] = before < 0 ? diameters[i] : diameters[before] + (diameters[i] - diameters[before]) * (k -
						before) / (i - before);
				before = i;
			}
		}
		for (int k = before + 1; k < n; k++)
			diameters[k] = before < 0 ? 0 : diameters[before];
		return diameters;
	}

	private void fit() {
		final int n = diameters.length;
		final double[] rims = rims();
		for (int i = 0; i < n; i++)
			healthy[i] = Math.max(percentile(diameters, i - window, i + window, 0.8), rims[i]);
		for (int k = 0; k < ITERATIONS; k++) {
			for (int i = 0; i < n; i++)
				isHealthy[i] = usable[i] && diameters[i] >= EXTENT * healthy[i] && diameters[i] <= WIDE * healthy[i] ? 1 : 0;
			for (int i = 0; i < n; i++) {
				final double[] line = LocalFit.at(i, diameters, isHealthy, reach(i), 1);
				if (line != null) healthy[i] = line[0];
			}
		}
	}

	/** The greatest diameter before a place or the greatest one behind, whichever is less; of medians, against noise. */
	private double[] rims() {
		final int n = diameters.length;
		final int half = (int) Math.max(3, NEXT / 2 * typical);
		final int span = (int) (SPAN * typical);
		final double[] medians = new double[n];
		for (int i = 0; i < n; i++)
			medians[i] = percentile(diameters, i - half, i + half, 0.5);
		final double[] rims = new double[n];
		for (int i = 0; i < n; i++)
			rims[i] = Math.min(percentile(medians, i - span, i, 1), percentile(medians, i, i + span, 1));
		return rims;
	}

	/** So far that the line at a place rests on healthy stations to both sides, if there are any: else it would tilt. */
	private int reach(final int i) {
		final int before = farthest(i, -1);
		final int after = farthest(i, 1);
		return Math.max(window, (int) (FARTHER * Math.max(before, after)));
	}

	/** Of the healthy stations next to a place on one side; 0 if there are too few. */
	private int farthest(final int i, final int way) {
		final int[] stations = healthyStations(i, way, count(i));
		return stations.length < count(i) ? 0 : Math.abs(stations[stations.length - 1] - i);
	}

	/** How many healthy stations make a reference. */
	private int count(final int station) {
		return (int) Math.max(6, NEXT * healthy[station]);
	}

	private int[] healthyStations(final int from, final int way, final int count) {
		return IntStream.iterate(from, i -> i >= 0 && i < diameters.length, i -> i + way).filter(i -> isHealthy[i] > 0).limit(
			count).toArray();
	}

	private List<Lesion> find(final StenosisSettings settings) {
		final List<Lesion> lesions = new ArrayList<>();
		int free = 0;
		int i = 0;
		while (i < diameters.length) {
			if (diameters[i] >= EXTENT * healthy[i]) {
				i++;
				continue;
			}
			int end = i;
			while (end + 1 < diameters.length && diameters[end + 1] < EXTENT * healthy[end + 1])
				end++;
			final Lesion lesion = lesion(free, i, end);
			if (lesion != null && lesion.percent() >= settings.threshold() && lesion.reference() >= settings.smallest()) {
				lesions.add(lesion);
				end = Math.max(end, lesion.last());
				free = end + 1;
			}
			i = end + 1;
		}
		return lesions;
	}

	/**
	 * @param free first station that belongs to no other lesion
	 * @return null if nothing can be measured there
	 */
	private Lesion lesion(final int free, final int from, final int to) {
		int narrowest = narrowest(from, to);
		if (narrowest < 0) return null;
		final Stretch before = next(from, -1);
		final Stretch after = next(to, 1);
		if (!picked && (before == null || after == null)) return null;
		int first = narrowest;
		while (first > free && diameters[first - 1] < EXTENT * reference(before, after, first - 1))
			first--;
		int last = narrowest;
		while (last + 1 < diameters.length && diameters[last + 1] < EXTENT * reference(before, after, last + 1))
			last++;
		// By the reference, the lesion may be longer than by the line.
		narrowest = narrowest(first, last);
		return new Lesion(first, narrowest, last, diameters[narrowest], reference(before, after, narrowest), (last - first) *
			Centreline.STEP, profile.stations().get(narrowest).most(), doubts(before, after, narrowest));
	}

	/** @return -1 if no station is usable */
	private int narrowest(final int from, final int to) {
		return IntStream.rangeClosed(from, to).filter(i -> usable[i]).boxed().min(Comparator.comparingDouble(i -> diameters[i]))
			.orElse(-1);
	}

	/** At a station, on the straight line between the healthy stretches. */
	private double reference(final Stretch before, final Stretch after, final int station) {
		if (before == null && after == null) return healthy[station];
		if (before == null) return after.diameter;
		if (after == null) return before.diameter;
		return before.diameter + (after.diameter - before.diameter) * (station - before.middle) / (after.middle -
			before.middle);
	}

	private List<Lesion.Doubt> doubts(final Stretch before, final Stretch after, final int narrowest) {
		final List<Lesion.Doubt> doubts = new ArrayList<>();
		if (!Double.isNaN(profile.stations().get(narrowest).most())) doubts.add(Lesion.Doubt.UNRESOLVED);
		if (before == null && after == null) doubts.add(Lesion.Doubt.NO_HEALTHY_STRETCH);
		else if (before == null || after == null) doubts.add(Lesion.Doubt.ONE_SIDED_REFERENCE);
		if (before != null && before.isShort || after != null && after.isShort) doubts.add(Lesion.Doubt.SHORT_REFERENCE);
		return doubts;
	}

	/** Healthy stations next to a lesion: their mean position and median diameter, and whether they are fewer than asked. */
	private record Stretch(double middle, double diameter, boolean isShort) {}

	/** Null if there are less than half of those asked. */
	private Stretch next(final int end, final int way) {
		final int count = count(end);
		final int[] stations = healthyStations(end, way, count);
		if (stations.length < count / 2) return null;
		return new Stretch(Arrays.stream(stations).average().orElseThrow(), percentile(Arrays.stream(stations).mapToDouble(
			i -> diameters[i]).toArray(), 0, stations.length - 1, 0.5), stations.length < count);
	}

	private static double percentile(final double[] values, final int from, final int to, final double share) {
		final double[] sorted = Arrays.copyOfRange(values, Math.max(0, from), Math.min(values.length, to + 1));
		Arrays.sort(sorted);
		return sorted[(int) (share * (sorted.length - 1))];
	}
}
