package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import sc.fiji.vasomim.files.IntensityRule;

/**
 * Images of the training data that come again in the validation data, as themselves or nearly so: neighbouring frames,
 * other compressions. What is validated on them was learnt by heart.
 */
public final class Twins {

	/** Images whose thumbnails of 48 x 48 px correlate by more than this are twins. */
	public static final double CORRELATION = 0.999;

	/** @param correlation above {@link #CORRELATION} */
	public record Pair(String training, String validation, double correlation) {}

	private Twins() {}

	/** All pairs, by the order of the training images. */
	public static List<Pair> find(final PixelCache training, final PixelCache validation) throws IOException {
		return find(Thumbnails.of(training), Thumbnails.of(validation));
	}

	private static List<Pair> find(final Thumbnails training, final Thumbnails validation) {
		return IntStream.range(0, training.size()).parallel().boxed().flatMap(i -> IntStream.range(0, validation.size())
			.mapToObj(j -> {
				final double correlation = training.correlation(i, validation, j);
				return correlation > CORRELATION ? new Pair(training.name(i), validation.name(j), correlation) : null;
			})).filter(Objects::nonNull).toList();
	}

	/** The places of twins in one data set, the smaller first. */
	static List<int[]> within(final BoxedImages data) {
		final Thumbnails thumbnails = Thumbnails.of(data);
		return IntStream.range(0, thumbnails.size()).parallel().boxed().flatMap(i -> IntStream.range(i + 1, thumbnails.size())
			.filter(j -> thumbnails.correlation(i, thumbnails, j) > CORRELATION).mapToObj(j -> new int[] { i, j })).toList();
	}

	/** @throws IllegalArgumentException if there are any, naming some */
	public static void requireNone(final PixelCache training, final PixelCache validation) throws IOException {
		requireNone(find(training, validation), validation.size());
	}

	/** @throws IllegalArgumentException if there are any, naming some */
	public static void requireNone(final BoxedImages training, final BoxedImages validation) {
		requireNone(find(Thumbnails.of(training), Thumbnails.of(validation)), validation.images().size());
	}

	private static void requireNone(final List<Pair> twins, final int images) {
		if (!twins.isEmpty()) throw new IllegalArgumentException("validation: " + twins.stream().map(Pair::validation)
			.distinct().count() + " of " + images + " images are also among the training images, or nearly so (" +
			Oddities.some(twins.stream().map(pair -> pair.validation + " = " + pair.training).toList()) +
			"). Leave them out of either.");
	}

	/**
	 * The training data without what comes again in the validation data.
	 *
	 * @param rule how images become grey
	 * @param log receives how many are left out
	 * @throws IllegalArgumentException if none is left
	 */
	public static LabelledImages leaveOut(final LabelledImages training, final LabelledImages validation,
		final IntensityRule rule, final Consumer<String> log) throws IOException
	{
		final Set<String> twins = names(find(Thumbnails.of(training.samples(), rule), Thumbnails.of(validation.samples(),
			rule)), training.samples().size(), log);
		return new LabelledImages(training.samples().stream().filter(sample -> !twins.contains(sample.name())).toList(),
			training.classes());
	}

	/** As above, of images with boxes. */
	public static BoxedImages leaveOut(final BoxedImages training, final BoxedImages validation,
		final Consumer<String> log)
	{
		final Set<String> twins = names(find(Thumbnails.of(training), Thumbnails.of(validation)), training.images().size(),
			log);
		return new BoxedImages(training.images().stream().filter(image -> !twins.contains(image.name())).toList(), training
			.classes());
	}

	/** Of the training images. */
	private static Set<String> names(final List<Pair> pairs, final int images, final Consumer<String> log) {
		final Set<String> twins = pairs.stream().map(Pair::training).collect(Collectors.toCollection(LinkedHashSet::new));
		if (twins.size() == images) throw new IllegalArgumentException(
			"validation: all training images are also among the validation images. Validate on others.");
		Oddities.tell(List.copyOf(twins), "are left out of the training, for they are also validated on", images, log);
		return twins;
	}
}
