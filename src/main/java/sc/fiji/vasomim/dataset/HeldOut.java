package sc.fiji.vasomim.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A data set cut in two: images of one patient, or of one sequence, are never on both sides, nor are {@link Twins}; and
 * both sides have a box to find.
 *
 * @param training what to learn from
 * @param validation what to judge on
 */
public record HeldOut(BoxedImages training, BoxedImages validation) {

	/** A name's words up to the first with a digit, as long as more follow: of 14_002_5_0016, 14; of IM_3_7, IM_3. */
	private static final Pattern FIRST_NUMBER = Pattern.compile("([^\\d_-]*[_-])*[^_-]*\\d[^_-]*(?=[_-])");

	/** Images that stay together. */
	private record Group(List<BoxedImage> images) {

		private List<String> names() {
			return images.stream().map(BoxedImage::name).toList();
		}

		private int size() {
			return images.size();
		}

		private boolean hasTruth() {
			return images.stream().anyMatch(BoxedImage::hasTruth);
		}
	}

	/** @throws IllegalArgumentException if it is no share of images that {@link #of} takes */
	public static void requireShare(final double share) {
		if (!(share > 0 && share < 1)) throw new IllegalArgumentException(
			"holdout: must be more than 0 and less than 1, but was " + share);
	}

	/**
	 * Holds out about a share of the images, chosen at random, patient by patient.
	 *
	 * @param share in (0, 1)
	 * @param order draws an order of 0 .. n - 1
	 * @param log is told how many images of how many patients are held out
	 * @throws IllegalArgumentException if all images, or all with a box to find, are of one patient or twins of each other
	 */
	public static HeldOut of(final BoxedImages data, final double share, final IntFunction<int[]> order,
		final Consumer<String> log)
	{
		requireShare(share);
		final int[] patients = patients(data);
		final List<Group> groups = groups(data, joinTwins(data, patients.clone()));
		if (groups.size() < 2) throw new IllegalArgumentException("holdout: all " + data.images().size() +
			" images are of one patient or sequence, by their names, or twins: " + patient(data.images().get(0).name()) +
			". Name validation images.");
		final long withTruth = groups.stream().filter(Group::hasTruth).count();
		if (withTruth < 2) throw new IllegalArgumentException("holdout: of " + groups.size() +
			" patients or sequences, twins together, two must have a box to find, to learn from and to judge by, but " +
			withTruth + " has. Draw more, or name validation images.");
		final List<Group> shuffled = Arrays.stream(order.apply(groups.size())).mapToObj(groups::get).toList();
		final Set<String> held = held(shuffled, Math.round(share * data.images().size()));
		final int known = (int) Arrays.stream(patients).distinct().count();
		log.accept(held.size() + " of " + data.images().size() + " images are held out for validation" + (known < patients.length
			? ", those of " + count(data, patients, held) + " of " + known + " patients or sequences, by their names"
			: "; their names tell no patients") + (groups.size() < known ? "; twins stay on one side" : ""));
		return new HeldOut(part(data, held, false), part(data, held, true));
	}

	/** Of each image, the number of its patient. */
	private static int[] patients(final BoxedImages data) {
		final Map<String, Integer> numbers = new HashMap<>();
		return data.images().stream().mapToInt(image -> numbers.computeIfAbsent(patient(image.name()), name -> numbers
			.size())).toArray();
	}

	/** Gives images one number if they, or others of their numbers, are twins. */
	private static int[] joinTwins(final BoxedImages data, final int[] numbers) {
		for (final int[] pair : Twins.within(data)) {
			final int kept = numbers[pair[0]], gone = numbers[pair[1]];
			if (kept != gone) Arrays.setAll(numbers, i -> numbers[i] == gone ? kept : numbers[i]);
		}
		return numbers;
	}

	private static List<Group> groups(final BoxedImages data, final int[] numbers) {
		final Map<Integer, Group> groups = new LinkedHashMap<>();
		for (int i = 0; i < numbers.length; i++)
			groups.computeIfAbsent(numbers[i], number -> new Group(new ArrayList<>())).images.add(data.images().get(i));
		return List.copyOf(groups.values());
	}

	/**
	 * In the order given, those that fit into the number that is wanted: first one with a box to find, the smallest if none
	 * fits; and never all of those.
	 */
	private static Set<String> held(final List<Group> groups, final long wanted) {
		final List<Group> withTruth = groups.stream().filter(Group::hasTruth).toList();
		final Group first = withTruth.stream().filter(group -> group.size() <= wanted).findFirst().orElseGet(
			() -> Collections.min(withTruth, Comparator.comparingInt(Group::size)));
		final Set<String> held = new HashSet<>(first.names());
		int left = withTruth.size() - 1;
		for (final Group group : groups) {
			if (group == first || held.size() + group.size() > wanted || group.hasTruth() && left == 1) continue;
			held.addAll(group.names());
			if (group.hasTruth()) left--;
		}
		return held;
	}

	private static int count(final BoxedImages data, final int[] numbers, final Set<String> among) {
		return (int) IntStream.range(0, numbers.length).filter(i -> among.contains(data.images().get(i).name())).map(
			i -> numbers[i]).distinct().count();
	}

	private static BoxedImages part(final BoxedImages data, final Set<String> names, final boolean inside) {
		return new BoxedImages(data.images().stream().filter(image -> names.contains(image.name()) == inside).toList(), data
			.classes());
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
