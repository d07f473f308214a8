package sc.fiji.vasomim.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import sc.fiji.vasomim.batch.OutputNames;

/**
 * Which files belong to images: those of the same name, but for the ending where that leaves no doubt. So files that a
 * run over the images has left are theirs. Any number of threads may ask.
 */
public final class SameNames {

	private final OutputNames names;

	private final Set<Path> exact;

	private final Map<Path, List<Path>> byStem = new HashMap<>();

	/**
	 * @param images relative to their folder
	 * @param files relative to theirs
	 */
	public SameNames(final List<Path> images, final List<Path> files) {
		names = new OutputNames(images);
		exact = new HashSet<>(files);
		for (final Path file : files)
			byStem.computeIfAbsent(withoutEnding(file), stem -> new ArrayList<>()).add(file);
	}

	/** The files that may belong to one of the images: none, one, or several between which nothing decides. */
	public List<Path> of(final Path image) {
		if (exact.contains(image)) return List.of(image);
		return List.copyOf(byStem.getOrDefault(names.stem(image), byStem.getOrDefault(image, List.of())));
	}

	private static Path withoutEnding(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		return dot > 0 ? file.resolveSibling(name.substring(0, dot)) : file;
	}
}
