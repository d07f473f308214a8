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
import java.util.stream.Collectors;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.SerializedName;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import sc.fiji.vasomim.files.AtomicFile;

/**
 * Images, categories and drawings of an annotation file in the format of COCO, checked against each other. Ids of
 * annotations mean nothing here: files that repeat them lose none.
 *
 * @param <T> what is drawn: polygons, or a box
 * @param images by id, in the file's order
 * @param categories names by id, ascending
 * @param annotations in the file's order
 */
record CocoFile<T>(Map<Long, Image> images, SortedMap<Long, String> categories, List<Annotation<T>> annotations) {

	/** Of either side of an image, in px: more is a mistake. */
	private static final int LARGEST = 65_535;

	private static final Gson GSON = new Gson();

	/** @param file path inside the folder of images */
	record Image(Long id, @SerializedName("file_name") String file, Integer width, Integer height) {}

	/** One object. */
	record Annotation<T>(long image, String category, T drawing) {}

	/** One object as it stands in the file. */
	record Entry(@SerializedName("image_id") Long image, @SerializedName("category_id") Long category,
		JsonElement segmentation, JsonElement bbox, JsonElement iscrowd, JsonElement ignore)
	{}

	/** Makes what is drawn of what stands in the file. */
	@FunctionalInterface
	interface Drawing<T> {

		/**
		 * @param number of the annotation, from 1
		 * @throws IOException saying what is wrong with it
		 */
		T read(int number, Entry entry, Image image) throws IOException;
	}

	private record Category(Long id, String name) {}

	@FunctionalInterface
	private interface Adder<T> {

		void add(T element) throws IOException;
	}

	/** @throws IOException naming the file, what is wrong with it, and where */
	static <T> CocoFile<T> read(final Path file, final Drawing<T> drawing) throws IOException {
		try (BufferedReader text = Files.newBufferedReader(file); JsonReader json = new JsonReader(text)) {
			return parse(json, drawing);
		}
		catch (final IOException | RuntimeException e) {
			// Gson appends a line about where to read more.
			throw new IOException("Cannot read " + file + " as COCO annotations: " + AtomicFile.reason(e).lines().findFirst()
				.orElse(""), e);
		}
	}

	private static <T> CocoFile<T> parse(final JsonReader json, final Drawing<T> drawing) throws IOException {
		final CocoFile<T> coco = new CocoFile<>(new LinkedHashMap<>(), new TreeMap<>(), new ArrayList<>());
		final List<Entry> entries = new ArrayList<>();
		final Set<String> found = new HashSet<>();
		json.beginObject();
		while (json.hasNext()) {
			final String key = json.nextName();
			switch (key) {
				case "images" -> list(json, "image", Image.class, coco::add);
				case "categories" -> list(json, "category", Category.class, coco::add);
				case "annotations" -> list(json, "annotation", Entry.class, entries::add);
				default -> json.skipValue();
			}
			found.add(key);
		}
		json.endObject();
		for (final String key : List.of("images", "categories", "annotations"))
			require(found.contains(key), "it has no \"" + key + "\"");
		require(json.peek() == JsonToken.END_DOCUMENT, "something follows the last }");
		for (int i = 0; i < entries.size(); i++)
			try {
				coco.add(i + 1, entries.get(i), drawing);
			}
			catch (final IOException | RuntimeException e) {
				throw new IOException("annotation " + (i + 1) + ": " + AtomicFile.reason(e), e);
			}
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

	static void require(final boolean holds, final String otherwise) throws IOException {
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

	private void add(final int number, final Entry entry, final Drawing<T> drawing) throws IOException {
		require(entry.image != null, "\"image_id\" is missing");
		require(entry.category != null, "\"category_id\" is missing");
		require(images.containsKey(entry.image), "there is no image of id " + entry.image);
		require(categories.containsKey(entry.category), "there is no category of id " + entry.category);
		annotations.add(new Annotation<>(entry.image, categories.get(entry.category), drawing.read(number, entry, images.get(
			entry.image))));
	}

	/** The categories that annotations use, in ascending order of their ids. */
	List<String> used() {
		final Set<String> names = annotations.stream().map(Annotation::category).collect(Collectors.toSet());
		return categories.values().stream().filter(names::contains).toList();
	}
}
