package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;

/** Scales as users write them: {@code 1, 2, 3, 4}. */
final class Sigmas {

	private Sigmas() {}

	static List<Double> parse(final String text) {
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
