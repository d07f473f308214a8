package sc.fiji.vasomim.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What labels tell apart, and which pixel value stands for it: 255 for a single class, 1, 2, ... in order for several.
 *
 * @param names one for each class
 */
record Classes(List<String> names) {

	/** As many as a byte can hold beside the background. */
	private static final int MOST = 255;

	/** The name of a single class that the data do not name. */
	static final String VESSEL = "vessel";

	/** The same of boxes. */
	static final String STENOSIS = "stenosis";

	Classes {
		if (names.isEmpty() || names.size() > MOST) throw new IllegalArgumentException("classes: there must be 1 to " +
			MOST + ", but there are " + names.size());
		if (names.stream().anyMatch(String::isBlank) || new HashSet<>(names).size() < names.size())
			throw new IllegalArgumentException("classes: names must differ and not be empty, but were " + names);
		names = List.copyOf(names);
	}

	/** The pixel value of a class; 0, the background's, if it is not among these. */
	int value(final String name) {
		return names.size() == 1 && names.contains(name) ? MOST : names.indexOf(name) + 1;
	}

	/** @param counts how many objects of which other classes there are */
	static void tellLeftOut(final Map<String, Integer> counts, final Consumer<String> log) {
		counts.forEach((name, count) -> log.accept(count + " objects of the class " + name + " are left out"));
	}
}
