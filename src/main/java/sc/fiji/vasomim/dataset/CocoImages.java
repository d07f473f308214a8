package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import sc.fiji.vasomim.files.ImageFolder;

/** Images whose truth is drawn as polygons in one COCO annotation file. */
final class CocoImages {

	private CocoImages() {}

	/**
	 * All images that the file lists: those without a polygon are truth too.
	 *
	 * @param wanted the classes; empty for the categories that annotations use, in ascending order of their ids
	 */
	static LabelledImages open(final Path images, final Path file, final List<String> wanted, final Consumer<String> log)
		throws IOException
	{
		final CocoFile coco = CocoFile.read(file);
		final String source = file.getFileName().toString();
		final Classes classes = wanted.isEmpty() ? used(coco, source) : chosen(coco, wanted, source, log);
		final Map<Long, List<PolygonLabels.Shape>> shapes = shapes(coco, classes, log);
		final Map<Path, CocoFile.Image> listed = files(coco, images, source);
		final List<Sample> samples = new ArrayList<>();
		final List<String> empty = new ArrayList<>();
		final List<String> unlisted = new ArrayList<>();
		for (final Path path : ImageFolder.list(images)) {
			final String name = Pairing.name(path);
			final CocoFile.Image image = listed.remove(path);
			if (image == null) {
				unlisted.add(name);
				continue;
			}
			if (!shapes.containsKey(image.id())) empty.add(name);
			samples.add(new Sample(name, images.resolve(path), new PolygonLabels(source + " on " + name, image.width(), image
				.height(), shapes.getOrDefault(image.id(), List.of()))));
		}
		if (!listed.isEmpty()) throw new IllegalArgumentException("images: " + images + " lacks " + listed.size() +
			" of the " + coco.images().size() + " images of " + source + " (" + Oddities.some(listed.keySet().stream().map(
				Pairing::name).toList()) + "). Check the path.");
		Oddities.tell(unlisted, "are left out, for " + source + " does not list them", unlisted.size() + samples.size(),
			log);
		Oddities.tell(empty, "have no annotation in " + source + ", so they count as empty", samples.size(), log);
		return new LabelledImages(samples, classes.names());
	}

	private static Classes used(final CocoFile coco, final String source) {
		final Set<Long> ids = new TreeSet<>();
		coco.annotations().forEach(annotation -> ids.add(annotation.category()));
		if (ids.isEmpty()) throw new IllegalArgumentException("labels: " + source +
			" has no annotation, so it does not say what to tell apart. Name the classes.");
		return new Classes(ids.stream().map(coco.categories()::get).toList());
	}

	private static Classes chosen(final CocoFile coco, final List<String> wanted, final String source,
		final Consumer<String> log)
	{
		final Set<String> unknown = new LinkedHashSet<>(wanted);
		unknown.removeAll(coco.categories().values());
		if (unknown.size() == wanted.size()) throw new IllegalArgumentException("classes: " + source + " has none of " +
			wanted + ", but " + coco.categories().values());
		if (!unknown.isEmpty()) log.accept(source + " has no class " + String.join(", ", unknown));
		return new Classes(wanted);
	}

	private static Map<Long, List<PolygonLabels.Shape>> shapes(final CocoFile coco, final Classes classes,
		final Consumer<String> log)
	{
		final Map<Long, List<PolygonLabels.Shape>> shapes = new HashMap<>();
		final Map<String, Integer> others = new LinkedHashMap<>();
		for (final CocoFile.Annotation annotation : coco.annotations()) {
			final String category = coco.categories().get(annotation.category());
			final int value = classes.value(category);
			if (value == 0) others.merge(category, 1, Integer::sum);
			else for (final Polygon polygon : annotation.polygons())
				shapes.computeIfAbsent(annotation.image(), id -> new ArrayList<>()).add(new PolygonLabels.Shape(polygon,
					value));
		}
		Classes.tellLeftOut(others, log);
		return shapes;
	}

	private static Map<Path, CocoFile.Image> files(final CocoFile coco, final Path images, final String source)
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
