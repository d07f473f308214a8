package sc.fiji.vasomim.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.SerializedName;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import sc.fiji.vasomim.files.AtomicFile;

/**
 * Images, categories and polygons of an annotation file in the format of COCO, checked against each other. Ids of
 * annotations mean nothing here: files that repeat them lose none.
 *
 * @param images by id, in the file's order
 * @param categories names by id, ascending
 * @param annotations in the file's order
 */
record CocoFile(Map<Long, Image> images, SortedMap<Long, String> categories, List<Annotation> annotations) {

	/** Of either side of an image, in px: more is a mistake. */
	private static final int LARGEST = 65_535;

	private static final Gson GSON = new Gson();

	/** @param file path inside the folder of images */
	record Image(Long id, @SerializedName("file_name") String file, Integer width, Integer height) {}

	/** One object; coordinates are truncated to whole px. */
	record Annotation(long image, long category, List<Polygon> polygons) {}

	private record Category(Long id, String name) {}

	private record Entry(@SerializedName("image_id") Long image, @SerializedName("category_id") Long category,
		JsonElement segmentation)
	{}

	@FunctionalInterface
	private interface Adder<T> {

		void add(T element) throws IOException;
	}

	/** @throws IOException naming the file, what is wrong with it, and where */
	static CocoFile read(final Path file) throws IOException {
		try (BufferedReader text = Files.newBufferedReader(file); JsonReader json = new JsonReader(text)) {
			return parse(json);
		}
		catch (final IOException | RuntimeException e) {
			// Gson appends a line about where to read more.
			throw new IOException("Cannot read " + file + " as COCO annotations: " + AtomicFile.reason(e).lines().findFirst()
				.orElse(""), e);
		}
	}

	private static CocoFile parse(final JsonReader json) throws IOException {
		final CocoFile coco = new CocoFile(new LinkedHashMap<>(), new TreeMap<>(), new ArrayList<>());
		final Set<String> found = new HashSet<>();
		json.beginObject();
		while (json.hasNext()) {
			final String key = json.nextName();
			switch (key) {
				case "images" -> list(json, "image", Image.class, coco::add);
				case "categories" -> list(json, "category", Category.class, coco::add);
				case "annotations" -> list(json, "annotation", Entry.class, coco::add);
				default -> json.skipValue();
			}
			found.add(key);
		}
		json.endObject();
		for (final String key : List.of("images", "categories", "annotations"))
			require(found.contains(key), "it has no \"" + key + "\"");
		require(json.peek() == JsonToken.END_DOCUMENT, "something follows the last }");
		for (int i = 0; i < coco.annotations.size(); i++)
			coco.check(coco.annotations.get(i), "annotation " + (i + 1));
		return coco;
	}

	/** One element after the other, by the reader itself: it refuses what Gson alone would let pass, as NaN. */
	private static <T> void list(final JsonReader json, final String name, final Class<T> type, final Adder<T> adder)
		throws IOException
	{
		final TypeAdapter<T> adapter = GSON.getAdapter(type);
		json.beginArray();
		for (int i = 1; json.hasNext(); i++) {
			final T element = adapter.read(json);
			try {
				require(element != null, "it is null");
				adder.add(element);
			}
			catch (final IOException | RuntimeException e) {
				throw new IOException(name + " " + i + ": " + AtomicFile.reason(e), e);
			}
		}
		json.endArray();
	}

	private static void require(final boolean holds, final String otherwise) throws IOException {
		if (!holds) throw new IOException(otherwise);
	}

	private void add(final Image image) throws IOException {
		require(image.id != null, "\"id\" is missing");
		require(image.file != null, "\"file_name\" is missing");
		require(image.width != null && image.height != null, "\"width\" or \"height\" is missing");
		require(Math.min(image.width, image.height) > 0 && Math.max(image.width, image.height) <= LARGEST,
			"sides must lie in 1.." + LARGEST + " px, but are " + image.width + " and " + image.height);
		require(images.put(image.id, image) == null, "the id " + image.id + " occurs twice");
	}

	private void add(final Category category) throws IOException {
		require(category.id != null, "\"id\" is missing");
		require(category.name != null, "\"name\" is missing");
		require(!categories.containsValue(category.name), "the name " + category.name + " occurs twice");
		require(categories.put(category.id, category.name) == null, "the id " + category.id + " occurs twice");
	}

	private void add(final Entry entry) throws IOException {
		require(entry.image != null, "\"image_id\" is missing");
		require(entry.category != null, "\"category_id\" is missing");
		require(entry.segmentation != null, "\"segmentation\" is missing");
		require(!entry.segmentation.isJsonObject(), "run-length encoded masks (RLE) are not supported; export polygons");
		final List<Polygon> polygons = new ArrayList<>();
		for (final JsonElement polygon : entry.segmentation.getAsJsonArray())
			polygons.add(polygon(polygon.getAsJsonArray()));
		require(!polygons.isEmpty(), "\"segmentation\" holds no polygon");
		annotations.add(new Annotation(entry.image, entry.category, polygons));
	}

	private static Polygon polygon(final JsonArray coordinates) throws IOException {
		final int count = coordinates.size() / 2;
		require(count >= 3 && coordinates.size() == 2 * count, "a polygon needs pairs of coordinates, 3 or more, but has " +
			coordinates.size() + " numbers");
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
		require(Double.isFinite(value), "a coordinate is " + coordinate);
		return (int) value;
	}

	/** Polygons may hang over the border, but not by more than a whole image. */
	private void check(final Annotation annotation, final String name) throws IOException {
		final Image image = images.get(annotation.image);
		require(image != null, name + ": there is no image of id " + annotation.image);
		require(categories.containsKey(annotation.category), name + ": there is no category of id " + annotation.category);
		for (final Polygon polygon : annotation.polygons) {
			final int[] b = polygon.bounds();
			require(b[0] >= -image.width && b[1] <= 2 * image.width && b[2] >= -image.height && b[3] <= 2 * image.height,
				name + ": reaches from (" + b[0] + ", " + b[2] + ") to (" + b[1] + ", " + b[3] + "), far outside " +
					image.file + " of " + image.width + " x " + image.height + " px");
		}
	}
}
