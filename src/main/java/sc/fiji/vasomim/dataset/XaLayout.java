package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The layout of XA-170K: under one root, the images of each set in a folder, and beside it their vascular masks in a
 * folder of the set's name and {@code _frangi}, or, if that is not there, {@code _filter_92}.
 */
public final class XaLayout {

	/** What the name of a folder of masks adds to that of its set, in the order of preference. */
	private static final List<String> MASKS = List.of("_frangi", "_filter_92");

	private XaLayout() {}

	/** Where an image of a set belongs; its name without ending. */
	public static Path image(final Path root, final String set, final String name) {
		return root.resolve(set).resolve(name + ".png");
	}

	/** Where that image's mask belongs. */
	public static Path mask(final Path root, final String set, final String name) {
		return root.resolve(set + MASKS.get(0)).resolve(name + ".png");
	}

	/**
	 * The pairs of all sets, as {@link AngiogramFolder#pairs} finds them, set by set in the order of their names; the name
	 * of a sample begins with that of its set. Hidden folders are left out.
	 *
	 * @throws IllegalArgumentException if the root is no folder or holds no set, or a folder in it has no masks
	 */
	public static List<Sample> pairs(final Path root) throws IOException {
		if (root == null || !Files.isDirectory(root)) throw new IllegalArgumentException(
			"images: must be an existing folder of sets, but was " + root + ". Check the path.");
		final List<Sample> pairs = new ArrayList<>();
		for (final Path set : sets(root)) {
			final String name = set.getFileName().toString();
			for (final Sample pair : AngiogramFolder.pairs(set, masks(set)))
				pairs.add(new Sample(name + "/" + pair.name(), pair.image(), pair.labels()));
		}
		if (pairs.isEmpty()) throw new IllegalArgumentException("images: " + root + " holds no set, such as cadica with " +
			"its masks in cadica_frangi. Check the path, or run Prepare Data Set first.");
		return pairs;
	}

	/** Whether a folder holds masks as those of a set lie beside it. */
	public static boolean holdsSets(final Path root) throws IOException {
		if (!Files.isDirectory(root)) return false;
		try (Stream<Path> folders = Files.list(root)) {
			return folders.anyMatch(folder -> Files.isDirectory(folder) && isMasks(folder));
		}
	}

	private static List<Path> sets(final Path root) throws IOException {
		try (Stream<Path> folders = Files.list(root)) {
			return folders.filter(Files::isDirectory).filter(folder -> !isMasks(folder) && !folder.getFileName().toString()
				.startsWith(".")).sorted().toList();
		}
	}

	private static boolean isMasks(final Path folder) {
		return MASKS.stream().anyMatch(folder.getFileName().toString()::endsWith);
	}

	private static Path masks(final Path set) {
		return MASKS.stream().map(ending -> set.resolveSibling(set.getFileName() + ending)).filter(Files::isDirectory)
			.findFirst().orElseThrow(() -> new IllegalArgumentException("images: the set " + set + " has no masks beside it, " +
				String.join(" or ", MASKS.stream().map(ending -> set.getFileName() + ending).toList()) +
				". Run Extract Vascular Anatomy Folder, or move what is no set elsewhere."));
	}
}
