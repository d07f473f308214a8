package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.vesselness.VesselnessSettings;

/** Scales as users give them: as a list, such as {@code 1, 2, 3, 4}, or as a range. */
final class Scales {

	static final String LIST = "1, 2, 3, 4";

	static final double SMALLEST = 1, LARGEST = 4;

	static final int STEPS = 4;

	private Scales() {}

	/**
	 * @param kind list, linear or logarithmic
	 * @throws IllegalArgumentException if one is no scale, or if something is set that this kind has no use for
	 */
	static List<Double> of(final String kind, final String list, final double smallest, final double largest,
		final int steps)
	{
		final boolean range = smallest != SMALLEST || largest != LARGEST || steps != STEPS;
		if (kind.equals("list")) {
			if (range) throw new IllegalArgumentException("scales: smallest, largest and steps were set, but a list takes " +
				"its scales from sigmas. Choose linear or logarithmic, or leave them out.");
			return parse(list);
		}
		if (!parse(list).equals(parse(LIST))) throw new IllegalArgumentException("scales: sigmas were set to " + list +
			", but " + kind + " scales run from smallest to largest. Choose list, or leave sigmas out.");
		if (smallest <= 0 || largest < smallest) throw new IllegalArgumentException("smallest: must be above 0 and at most " +
			"largest, " + largest + ", but was " + smallest);
		return kind.equals("linear") ? VesselnessSettings.linearSigmas(smallest, largest, steps) : VesselnessSettings
			.logarithmicSigmas(smallest, largest, steps);
	}

	private static List<Double> parse(final String text) {
		final List<Double> sigmas = new ArrayList<>();
		for (final String part : String.valueOf(text).trim().split("[,;\\s]+"))
			try {
				sigmas.add(Double.parseDouble(part));
			}
			catch (final NumberFormatException e) {
				throw new IllegalArgumentException("sigmas: must be numbers separated by commas, such as 1, 2, 3, 4, but was " +
					text);
			}
		return sigmas;
	}
}
