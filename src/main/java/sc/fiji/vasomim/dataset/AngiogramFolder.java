package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import sc.fiji.vasomim.batch.OutputNames;
import sc.fiji.vasomim.files.ImageFolder;

/**
 * A folder of angiograms and a folder of their vascular masks, in the XA-170K layout {@code set/} and
 * {@code set_frangi/}. A mask has its image's file name, or the name that Extract Vascular Anatomy Folder gives it.
 */
public final class AngiogramFolder {

	private static final int NAMED = 3;

	private static final Path AMBIGUOUS = Path.of("");

	private AngiogramFolder() {}

	/**
	 * @param images folder of angiograms, sub-folders included
	 * @param masks folder of masks in the same sub-folders
	 * @return the pairs in natural order of their names
	 * @throws IllegalArgumentException if a folder is missing or empty, or an image has no mask
	 */
	public static List<Sample> pairs(final Path images, final Path masks) throws IOException {
		requireFolder("images", images);
		requireFolder("masks", masks);
		final List<Path> found = ImageFolder.list(masks);
		final Map<Path, Path> byStem = new HashMap<>();
		for (final Path mask : found)
			byStem.merge(withoutEnding(mask), mask, (a, b) -> AMBIGUOUS);
		final List<Sample> pairs = new ArrayList<>();
		final List<String> alone = new ArrayList<>();
		final List<Path> angiograms = ImageFolder.list(images);
		if (angiograms.isEmpty()) throw new IllegalArgumentException("images: " + images + " holds no readable image (" +
			ImageFolder.FORMATS + "). Check the path.");
		final OutputNames names = new OutputNames(angiograms);
		final Set<Path> exact = new HashSet<>(found);
		for (final Path image : angiograms) {
			final Path mask = exact.contains(image) ? image : byStem.get(names.stem(image));
			if (mask == AMBIGUOUS) throw new IllegalArgumentException("masks: " + masks + " holds several masks for " + image +
				". Keep one of them.");
			final String name = image.toString().replace('\\', '/');
			if (mask == null) alone.add(name);
			else pairs.add(new Sample(name, images.resolve(image), new MaskFile(masks.resolve(mask))));
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

	private static Path withoutEnding(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		return dot > 0 ? file.resolveSibling(name.substring(0, dot)) : file;
	}
}
