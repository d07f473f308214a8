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

	/** @throws IllegalArgumentException if there are any, naming some */
	public static void requireNone(final PixelCache training, final PixelCache validation) throws IOException {
		final List<Pair> twins = find(training, validation);
		if (!twins.isEmpty()) throw new IllegalArgumentException("validation: " + twins.stream().map(Pair::validation)
			.distinct().count() + " of " + validation.size() + " images are also among the training images, or nearly so (" +
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
		final Set<String> twins = find(Thumbnails.of(training.samples(), rule), Thumbnails.of(validation.samples(), rule))
			.stream().map(Pair::training).collect(Collectors.toCollection(LinkedHashSet::new));
		final List<Sample> rest = training.samples().stream().filter(sample -> !twins.contains(sample.name())).toList();
		if (rest.isEmpty()) throw new IllegalArgumentException(
			"validation: all training images are also among the validation images. Validate on others.");
		Oddities.tell(List.copyOf(twins), "are left out of the training, for they are also validated on", training.samples()
			.size(), log);
		return new LabelledImages(rest, training.classes());
	}
}
