package sc.fiji.vasomim.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Images with something in common: counted, a few of them named. */
final class NamedImages {

	private static final int NAMED = 3;

	private final List<String> names = new ArrayList<>();

	void add(final String name) {
		names.add(name);
	}

	/** One line, if there are any. */
	void tell(final String what, final Consumer<String> log) {
		if (!names.isEmpty()) log.accept(names.size() + " images " + what + ": " + String.join(", ", names.subList(0, Math.min(
			NAMED, names.size()))) + (names.size() > NAMED ? ", ..." : ""));
	}
}
