package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.vasomim.files.ImageFolder;

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
		for (final Path mask : ImageFolder.list(masks))
			byStem.put(stem(mask), masks.resolve(mask));
		final List<Pair> pairs = new ArrayList<>();
		final List<String> alone = new ArrayList<>();
		final List<Path> angiograms = ImageFolder.list(images);
		if (angiograms.isEmpty()) throw new IllegalArgumentException("images: " + images + " holds no readable image (" +
			ImageFolder.FORMATS + "). Check the path.");
		for (final Path image : angiograms) {
			final Path mask = byStem.get(stem(image));
			final String name = image.toString().replace('\\', '/');
			if (mask == null) alone.add(name);
			else pairs.add(new Pair(name, images.resolve(image), mask));
		}
		if (!alone.isEmpty()) throw new IllegalArgumentException("masks: " + alone.size() + " images have no mask in " +
			masks + ", such as " + String.join(", ", alone.subList(0, Math.min(NAMED, alone.size()))) +
			". Run Extract Vascular Anatomy Folder on the images first.");
		return pairs;
	}

	private static void requireFolder(final String parameter, final Path folder) {
		if (folder == null || !Files.isDirectory(folder)) throw new IllegalArgumentException(parameter +
			": must be an existing folder, but was " + folder + ". Check the path.");
	}

	private static String stem(final Path file) {
		final String name = file.toString().replace('\\', '/');
		final int dot = name.lastIndexOf('.');
		return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
	}
}
