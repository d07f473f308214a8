package sc.fiji.vasomim.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A data set cut in two: images of one patient, or of one sequence, are never on both sides.
 *
 * @param training what to learn from
 * @param validation what to judge on
 */
public record HeldOut(BoxedImages training, BoxedImages validation) {

	/** A name's words up to the first with a digit, as long as more follow: of 14_002_5_0016, 14; of IM_3_7, IM_3. */
	private static final Pattern FIRST_NUMBER = Pattern.compile("([^\\d_-]*[_-])*[^_-]*\\d[^_-]*(?=[_-])");

	/**
	 * Holds out about a share of the images, chosen at random, patient by patient.
	 *
	 * @param share in (0, 1)
	 * @param log is told how many images of how many patients are held out
	 * @throws IllegalArgumentException if all images are of one patient
	 */
	public static HeldOut of(final BoxedImages data, final double share, final long seed, final Consumer<String> log) {
		if (!(share > 0 && share < 1)) throw new IllegalArgumentException(
			"holdout: must be more than 0 and less than 1, but was " + share);
		final Map<String, List<BoxedImage>> patients = new LinkedHashMap<>();
		for (final BoxedImage image : data.images())
			patients.computeIfAbsent(patient(image.name()), name -> new ArrayList<>()).add(image);
		if (patients.size() < 2) throw new IllegalArgumentException("holdout: all " + data.images().size() +
			" images are of one patient or sequence, by their names: " + patients.keySet() + ". Name validation images.");
		final List<String> order = new ArrayList<>(patients.keySet());
		Collections.shuffle(order, new Random(seed));
		final Set<String> held = held(patients, order, share * data.images().size());
		final HeldOut parts = new HeldOut(part(data, held, false), part(data, held, true));
		log.accept(parts.validation.images().size() + " of " + data.images().size() + " images are held out for validation" +
			(patients.size() < data.images().size() ? ", those of " + held.size() + " of " + patients.size() +
				" patients or sequences, by their names" : "; their names tell no patients"));
		return parts;
	}

	/** In the order given, those that fit into the number that is wanted; at least one, and never all. */
	private static Set<String> held(final Map<String, List<BoxedImage>> patients, final List<String> order,
		final double wanted)
	{
		final Set<String> held = new HashSet<>();
		int count = 0;
		for (final String patient : order)
			if (count + patients.get(patient).size() <= Math.round(wanted) && held.size() + 1 < order.size()) {
				held.add(patient);
				count += patients.get(patient).size();
			}
		if (held.isEmpty()) held.add(Collections.min(order, (a, b) -> patients.get(a).size() - patients.get(b).size()));
		return held;
	}

	private static BoxedImages part(final BoxedImages data, final Set<String> patients, final boolean inside) {
		return new BoxedImages(data.images().stream().filter(image -> patients.contains(patient(image.name())) == inside)
			.toList(), data.classes());
	}

	/**
	 * Whom an image is of, by its name: its folder or, without one, the words up to the first number, if another follows;
	 * else the name itself.
	 */
	static String patient(final String name) {
		final int folder = name.indexOf('/');
		if (folder >= 0) return name.substring(0, folder);
		final int dot = name.lastIndexOf('.');
		final String stem = dot > 0 ? name.substring(0, dot) : name;
		final Matcher number = FIRST_NUMBER.matcher(stem);
		return number.lookingAt() ? number.group() : stem;
	}
}
