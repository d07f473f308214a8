package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import sc.fiji.vasomim.dataset.CocoFile.Annotation;
import sc.fiji.vasomim.files.ImageFolder;

/** The images of a COCO annotation file, found in their folder. */
final class CocoImages {

	/**
	 * What is drawn on an image.
	 *
	 * @param name the image's path inside its folder
	 * @param file the image
	 * @param image what the annotation file says of it
	 */
	record Drawn<T>(String name, Path file, CocoFile.Image image, List<Annotation<T>> annotations) {}

	private CocoImages() {}

	/**
	 * All images that the file lists, those on which nothing is drawn too, in natural order of their names.
	 *
	 * @param source the annotation file's name
	 * @param log is told which images of the folder are not listed
	 * @throws IllegalArgumentException if one is not in the folder
	 * @throws IOException if one is listed twice, or outside of the folder
	 */
	static <T> List<Drawn<T>> of(final CocoFile<T> coco, final Path images, final String source,
		final Consumer<String> log) throws IOException
	{
		final Map<Long, List<Annotation<T>>> annotations = new HashMap<>();
		for (final Annotation<T> annotation : coco.annotations())
			annotations.computeIfAbsent(annotation.image(), id -> new ArrayList<>()).add(annotation);
		final Map<Path, CocoFile.Image> listed = files(coco, images, source);
		final List<Drawn<T>> drawn = new ArrayList<>();
		final List<String> unlisted = new ArrayList<>();
		for (final Path path : ImageFolder.list(images)) {
			final CocoFile.Image image = listed.remove(path);
			if (image == null) unlisted.add(Pairing.name(path));
			else drawn.add(new Drawn<>(Pairing.name(path), images.resolve(path), image, annotations.getOrDefault(image.id(), List
				.of())));
		}
		if (!listed.isEmpty()) throw new IllegalArgumentException("images: " + images + " lacks " + listed.size() +
			" of the " + coco.images().size() + " images of " + source + " (" + Oddities.some(listed.keySet().stream().map(
				Pairing::name).toList()) + "). Check the path.");
		Oddities.tell(unlisted, "are left out, for " + source + " does not list them", unlisted.size() + drawn.size(), log);
		return drawn;
	}

	private static Map<Path, CocoFile.Image> files(final CocoFile<?> coco, final Path images, final String source)
		throws IOException
	{
		final Map<Path, CocoFile.Image> files = new LinkedHashMap<>();
		for (final CocoFile.Image image : coco.images().values()) {
			final Path path = inside(images, image.file(), source);
			if (files.put(path, image) != null) throw new IOException(source + " lists " + image.file() + " twice");
		}
		return files;
	}

	private static Path inside(final Path images, final String file, final String source) throws IOException {
		try {
			final Path folder = images.toAbsolutePath().normalize();
			final Path path = folder.resolve(file).normalize();
			if (path.startsWith(folder) && !path.equals(folder)) return folder.relativize(path);
		}
		catch (final InvalidPathException e) {
			// No file of this system can have such a name.
		}
		throw new IOException(source + " lists " + file + ", which is not a path inside the folder of images");
	}
}
