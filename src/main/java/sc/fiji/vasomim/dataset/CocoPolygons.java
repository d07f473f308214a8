package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;

import sc.fiji.vasomim.dataset.CocoFile.Annotation;
import sc.fiji.vasomim.dataset.CocoFile.Entry;
import sc.fiji.vasomim.dataset.CocoFile.Image;

/** Images whose truth is drawn as polygons in one COCO annotation file. */
final class CocoPolygons {

	private CocoPolygons() {}

	/**
	 * All images that the file lists: those without a polygon are truth too.
	 *
	 * @param wanted the classes; empty for the categories that annotations use, in ascending order of their ids
	 */
	static LabelledImages open(final Path images, final Path file, final List<String> wanted, final Consumer<String> log)
		throws IOException
	{
		final CocoFile<List<Polygon>> coco = CocoFile.read(file, CocoPolygons::polygons);
		final String source = file.getFileName().toString();
		final Classes classes = wanted.isEmpty() ? used(coco, source) : chosen(coco, wanted, source, log);
		tellOthers(coco, classes, log);
		final List<Sample> samples = new ArrayList<>();
		final List<String> empty = new ArrayList<>();
		for (final CocoImages.Drawn<List<Polygon>> drawn : CocoImages.of(coco, images, source, log)) {
			final List<PolygonLabels.Shape> shapes = shapes(drawn.annotations(), classes);
			if (shapes.isEmpty()) empty.add(drawn.name());
			samples.add(new Sample(drawn.name(), drawn.file(), new PolygonLabels(source + " on " + drawn.name(), drawn.image()
				.width(), drawn.image().height(), shapes)));
		}
		Oddities.tell(empty, "have no annotation in " + source + ", so they count as empty", samples.size(), log);
		return new LabelledImages(samples, classes.names());
	}

	private static Classes used(final CocoFile<?> coco, final String source) {
		if (coco.annotations().isEmpty()) throw new IllegalArgumentException("labels: " + source +
			" has no annotation, so it does not say what to tell apart. Name the classes.");
		return new Classes(coco.used());
	}

	private static Classes chosen(final CocoFile<?> coco, final List<String> wanted, final String source,
		final Consumer<String> log)
	{
		final Set<String> unknown = new LinkedHashSet<>(wanted);
		unknown.removeAll(coco.categories().values());
		if (unknown.size() == wanted.size()) throw new IllegalArgumentException("classes: " + source + " has none of " +
			wanted + ", but " + coco.categories().values());
		if (!unknown.isEmpty()) log.accept(source + " has no class " + String.join(", ", unknown));
		return new Classes(wanted);
	}

	private static void tellOthers(final CocoFile<?> coco, final Classes classes, final Consumer<String> log) {
		final Map<String, Integer> others = new LinkedHashMap<>();
		for (final Annotation<?> annotation : coco.annotations())
			if (classes.value(annotation.category()) == 0) others.merge(annotation.category(), 1, Integer::sum);
		Classes.tellLeftOut(others, log);
	}

	private static List<PolygonLabels.Shape> shapes(final List<Annotation<List<Polygon>>> annotations,
		final Classes classes)
	{
		final List<PolygonLabels.Shape> shapes = new ArrayList<>();
		for (final Annotation<List<Polygon>> annotation : annotations) {
			final int value = classes.value(annotation.category());
			if (value != 0) for (final Polygon polygon : annotation.drawing())
				shapes.add(new PolygonLabels.Shape(polygon, value));
		}
		return shapes;
	}

	private static List<Polygon> polygons(final int number, final Entry entry, final Image image) throws IOException {
		CocoFile.require(entry.segmentation() != null, "\"segmentation\" is missing");
		CocoFile.require(!entry.segmentation().isJsonObject(),
			"run-length encoded masks (RLE) are not supported; export polygons");
		final List<Polygon> polygons = new ArrayList<>();
		for (final JsonElement coordinates : entry.segmentation().getAsJsonArray()) {
			final Polygon polygon = polygon(coordinates.getAsJsonArray());
			check(polygon, image);
			polygons.add(polygon);
		}
		CocoFile.require(!polygons.isEmpty(), "\"segmentation\" holds no polygon");
		return polygons;
	}

	private static Polygon polygon(final JsonArray coordinates) throws IOException {
		final int count = coordinates.size() / 2;
		CocoFile.require(count >= 3 && coordinates.size() == 2 * count,
			"a polygon needs pairs of coordinates, 3 or more, but has " + coordinates.size() + " numbers");
		final int[] x = new int[count];
		final int[] y = new int[count];
		for (int i = 0; i < count; i++) {
			x[i] = truncate(coordinates.get(2 * i));
			y[i] = truncate(coordinates.get(2 * i + 1));
		}
		return new Polygon(x, y);
	}

	/** Not rounded: so the masks that others publish were made. */
	private static int truncate(final JsonElement coordinate) throws IOException {
		final double value = coordinate.getAsDouble();
		CocoFile.require(Double.isFinite(value), "a coordinate is " + coordinate);
		return (int) value;
	}

	/** Polygons may hang over the border, but not by more than a whole image. */
	private static void check(final Polygon polygon, final Image image) throws IOException {
		final int[] b = polygon.bounds();
		CocoFile.require(b[0] >= -image.width() && b[1] <= 2 * image.width() && b[2] >= -image.height() && b[3] <= 2 * image
			.height(), "reaches from (" + b[0] + ", " + b[2] + ") to (" + b[1] + ", " + b[3] + "), far outside " + image.file() +
				" of " + image.width() + " x " + image.height() + " px");
	}
}
