package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of angiograms and a folder of their vascular masks, paired by file name without its ending: the XA-170K
 * layout {@code set/} and {@code set_frangi/}.
 */
public final class AngiogramFolder {

	/** An angiogram and its mask; {@code name} is the path inside the folder. */
	public record Pair(String name, Path image, Path mask) {}

	private static final int NAMED = 3;

	private AngiogramFolder() {}

	/**
	 * @param images folder of angiograms, sub-folders included
	 * @param masks folder of masks in the same sub-folders
	 * @return the pairs in natural order of their names
	 * @throws IllegalArgumentException if a folder is missing or empty, or an image has no mask
	 */
	public static List<Pair> pairs(final Path images, final Path masks) throws IOException {
		requireFolder("images", images);
		requireFolder("masks", masks);
		final Map<String, Path> byStem = new HashMap<>();
		for (final Path mask : list(masks))
			byStem.put(stem(masks, mask), mask);
		final List<Pair> pairs = new ArrayList<>();
		final List<String> alone = new ArrayList<>();
		for (final Path image : list(images)) {
			final Path mask = byStem.get(stem(images, image));
			final String name = images.relativize(image).toString().replace('\\', '/');
			if (mask == null) alone.add(name);
			else pairs.add(new Pair(name, image, mask));
		}
		if (!alone.isEmpty()) throw new IllegalArgumentException("masks: " + alone.size() + " images have no mask in " +
			masks + ", such as " + String.join(", ", alone.subList(0, Math.min(NAMED, alone.size()))) +
			". Run Extract Vascular Anatomy Folder on the images first.");
		if (pairs.isEmpty()) throw new IllegalArgumentException("images: no readable image in " + images +
			". Choose a folder with PNG, JPEG, TIFF, BMP or DICOM files.");
		return pairs;
	}

	private static List<Path> list(final Path f) throws IOException { try (java.util.stream.Stream<Path> s = Files.walk(f)) { return s.filter(Files::isRegularFile).sorted().toList(); } }

	private static void requireFolder(final String parameter, final Path folder) {
		if (folder == null || !Files.isDirectory(folder)) throw new IllegalArgumentException(parameter +
			": must be an existing folder, but was " + folder + ". Check the path.");
	}

	private static String stem(final Path folder, final Path file) {
		final String name = folder.relativize(file).toString().replace('\\', '/');
		final int dot = name.lastIndexOf('.');
		return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
	}
}
