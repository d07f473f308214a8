package sc.fiji.vasomim.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import sc.fiji.vasomim.model.VitOptions;

/**
 * How a project's checkpoint files look, and what of them makes a vision transformer with timm's names. Names
 * in a file are paths: {@code model/blocks.0.norm1.weight} is the tensor of that name in the dictionary {@code
 * model}.
 *
 * @param name of the project, for reports
 * @param sets the sets of weights that a file may hold, the one to take by default first
 * @param marks names by which the layout is told from others, all of them present: paths, or behind a set's prefix; a
 *          name behind an exclamation mark is absent
 * @param renaming from the project's names to timm's
 * @param dropped what fits is no part of the encoder: heads, decoders, predictors
 * @param heads attention heads, where the project differs from the usual for a width; else 0
 * @param epsilon what its LayerNorm adds to variances
 * @param rotary whether its positions are rotary, which not every file tells
 * @param licence of the project's published weights or, if they state none, of its code
 */
record Layout(String name, List<WeightSet> sets, List<String> marks, Renaming renaming, Pattern dropped, int heads,
	double epsilon, boolean rotary, String licence)
{

	/** @param name as users choose it. @param prefix before the encoder's names */
	record WeightSet(String name, String prefix) {}

	private static final String UNKNOWN = "unknown; ask the project that published the weights";

	private static final Pattern NOTHING = Pattern.compile("(?!)");

	/** @param sets names and prefixes in turn */
	static Layout of(final String name, final String... sets) {
		final List<WeightSet> list = new ArrayList<>();
		for (int i = 0; i < sets.length; i += 2) list.add(new WeightSet(sets[i], sets[i + 1]));
		return new Layout(name, List.copyOf(list), List.of(), Renaming.KIN, NOTHING, 0, VitOptions.PLAIN.epsilon(), false,
			UNKNOWN);
	}

	Layout marked(final String... names) {
		return new Layout(name, sets, Arrays.asList(names), renaming, dropped, heads, epsilon, rotary, licence);
	}

	Layout renamed(final Renaming newRenaming) {
		return new Layout(name, sets, marks, newRenaming, dropped, heads, epsilon, rotary, licence);
	}

	/** @param pattern a regular expression for whole names behind the prefix */
	Layout dropping(final String pattern) {
		return new Layout(name, sets, marks, renaming, Pattern.compile(pattern), heads, epsilon, rotary, licence);
	}

	Layout withHeads(final int newHeads) {
		return new Layout(name, sets, marks, renaming, dropped, newHeads, epsilon, rotary, licence);
	}

	Layout withEpsilon(final double newEpsilon) {
		return new Layout(name, sets, marks, renaming, dropped, heads, newEpsilon, rotary, licence);
	}

	Layout withRotaryPositions() {
		return new Layout(name, sets, marks, renaming, dropped, heads, epsilon, true, licence);
	}

	/** Where the names are those of several projects, which alone don't tell whose the weights are. */
	Layout shared(final String licences) {
		return licensed(UNKNOWN + " (" + licences + ")");
	}

	/** Where the names are those of this project alone. */
	Layout licensed(final String newLicence) {
		return new Layout(name, sets, marks, renaming, dropped, heads, epsilon, rotary, newLicence);
	}

	/** The sets of weights that a file holds, by the names that are in it. */
	List<WeightSet> present(final Predicate<String> isPresent) {
		return sets.stream().filter(set -> marks.stream().allMatch(mark -> fits(mark, set, isPresent)) && hasEncoder(set,
			isPresent)).toList();
	}

	private static boolean fits(final String mark, final WeightSet set, final Predicate<String> isPresent) {
		if (mark.startsWith("!")) return !fits(mark.substring(1), set, isPresent);
		return isPresent.test(set.prefix + mark) || isPresent.test(mark);
	}

	/** Marks may stand outside of a set, as a loss's tensors do; a set is one only with an encoder in it. */
	private boolean hasEncoder(final WeightSet set, final Predicate<String> isPresent) {
		return ENCODERS.stream().anyMatch(name -> isPresent.test(set.prefix + name));
	}

	/** A tensor of the first block, as timm, Hugging Face and their kin call it; DINOv2 may keep its blocks in chunks. */
	private static final List<String> ENCODERS = List.of("blocks.0.norm1.weight", "blocks.0.0.norm1.weight",
		"encoder.layer.0.norm1.weight", "encoder.layer.0.layernorm_before.weight", "layer.0.norm1.weight");
}
