package sc.fiji.vasomim.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import sc.fiji.vasomim.files.IntensityRule;

/** What is odd about a data set's images: counted, a few of them named. */
final class Oddities {

	private static final int NAMED = 3;

	private final List<String> inverted = new ArrayList<>();

	private final List<String> unlikely = new ArrayList<>();

	private final List<String> empty = new ArrayList<>();

	void add(final String name, final IntensityRule.Applied applied) {
		if (applied.inverted()) inverted.add(name);
		if (!applied.warnings().isEmpty()) unlikely.add(name);
	}

	void addEmptyMask(final String name) {
		empty.add(name);
	}

	/** @throws IllegalArgumentException if no image has a vessel in its mask */
	void report(final int images, final Consumer<String> log) {
		if (empty.size() == images) throw new IllegalArgumentException(
			"masks: all masks are empty, so there is nothing to learn. Extract the masks again, with other settings.");
		tell(images, log);
		tell(empty, "have a mask without any vessel", images, log);
	}

	/** What is odd about their grey values. */
	void tell(final int images, final Consumer<String> log) {
		tell(inverted, "were inverted, because their vessels are bright", images, log);
		tell(unlikely, "do not look like angiograms", images, log);
	}

	static void tell(final List<String> names, final String what, final int images, final Consumer<String> log) {
		if (!names.isEmpty()) log.accept(names.size() + " of " + images + " images " + what + ": " + some(names));
	}

	/** The first names of a list. */
	static String some(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (names.size() > NAMED ? ", ..." : "");
	}
}
