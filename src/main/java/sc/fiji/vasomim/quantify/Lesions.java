package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds narrowings in a diameter profile. The healthy diameter is first a line through the stations around, fitted
 * again and again without those that lie below or far above it; a lesion is where the profile falls below it. The
 * reference of each lesion then is interpolated between the healthy stations next to it on either side.
 */
final class Lesions {

	/** A lesion begins and ends where the diameter is this share of the reference. */
	static final double EXTENT = 0.9;

	/** A station is wider than healthy beyond this share of the line. */
	private static final double WIDE = 1.15;

	/** Stations around that the healthy line is fitted to, in diameters to either side, and at least so many px. */
	private static final double AROUND = 6;

	private static final int LEAST = 30;

	/** Healthy stations that the reference is taken from, in diameters on either side. */
	private static final double NEXT = 1.5;

	private static final int ITERATIONS = 6;

	private final double[] diameters;

	private final boolean[] usable;

	private final boolean picked;

	private final int window;

	private final double[] healthy;

	private final double[] isHealthy;

	private Lesions(final DiameterProfile profile) {
		picked = profile.picked();
		final int n = profile.stations().size();
		usable = new boolean[n];
		for (int i = 0; i < n; i++)
			usable[i] = profile.stations().get(i).usable();
		diameters = bridged(profile, usable);
		window = (int) Math.max(LEAST, AROUND * percentile(diameters, 0, n - 1, 0.5));
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
		for (int i = 0; i < n; i++)
			healthy[i] = percentile(diameters, i - window, i + window, 0.8);
		for (int k = 0; k < ITERATIONS; k++) {
			for (int i = 0; i < n; i++)
				isHealthy[i] = usable[i] && diameters[i] >= EXTENT * healthy[i] && diameters[i] <= WIDE * healthy[i] ? 1 : 0;
			for (int i = 0; i < n; i++) {
				final double[] line = LocalFit.at(i, diameters, isHealthy, window, 1);
				if (line != null) healthy[i] = line[0];
			}
		}
	}

	private List<Lesion> find(final StenosisSettings settings) {
		final List<Lesion> lesions = new ArrayList<>();
		int i = 0;
		while (i < diameters.length) {
			if (diameters[i] >= EXTENT * healthy[i]) {
				i++;
				continue;
			}
			int end = i;
			while (end + 1 < diameters.length && diameters[end + 1] < EXTENT * healthy[end + 1])
				end++;
			final Lesion lesion = lesion(i, end);
			if (lesion != null && lesion.percent() >= settings.threshold() && lesion.reference() >= settings
				.smallest()) lesions.add(lesion);
			i = end + 1;
		}
		return lesions;
	}

	/** @return null if nothing can be measured there */
	private Lesion lesion(final int from, final int to) {
		final int narrowest = IntStream.rangeClosed(from, to).filter(i -> usable[i]).boxed().min(Comparator.comparingDouble(
			i -> diameters[i])).orElse(-1);
		if (narrowest < 0) return null;
		final double[] before = next(from, -1);
		final double[] after = next(to, 1);
		if (!picked && (before == null || after == null)) return null;
		final double reference = before == null && after == null ? healthy[narrowest] : before == null ? after[1]
			: after == null ? before[1] : before[1] + (after[1] - before[1]) * (narrowest - before[0]) / (after[0] - before[0]);
		int first = narrowest;
		while (first > 0 && diameters[first - 1] < EXTENT * reference)
			first--;
		int last = narrowest;
		while (last + 1 < diameters.length && diameters[last + 1] < EXTENT * reference)
			last++;
		return new Lesion(first, narrowest, last, diameters[narrowest], reference, (last - first) * Centreline.STEP);
	}

	/** Mean position and median diameter of the healthy stations next to a lesion; null if there are too few. */
	private double[] next(final int end, final int way) {
		final int count = (int) Math.max(6, NEXT * healthy[end]);
		final int[] stations = IntStream.iterate(end, i -> i >= 0 && i < diameters.length, i -> i + way).filter(
			i -> isHealthy[i] > 0).limit(count).toArray();
		if (stations.length < count / 2) return null;
		return new double[] { Arrays.stream(stations).average().orElseThrow(), percentile(Arrays.stream(stations).mapToDouble(
			i -> diameters[i]).toArray(), 0, stations.length - 1, 0.5) };
	}

	private static double percentile(final double[] values, final int from, final int to, final double share) {
		final double[] sorted = Arrays.copyOfRange(values, Math.max(0, from), Math.min(values.length, to + 1));
		Arrays.sort(sorted);
		return sorted[(int) (share * (sorted.length - 1))];
	}
}
