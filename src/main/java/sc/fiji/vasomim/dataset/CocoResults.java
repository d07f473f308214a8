package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import com.google.gson.annotations.SerializedName;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;

/** Boxes that were found, as COCO's tools exchange them. */
final class CocoResults {

	/** One of them as it stands in the file. */
	private record Entry(@SerializedName("image_id") Long image, @SerializedName("category_id") Long category,
		double[] bbox, Double score)
	{}

	private CocoResults() {}

	/** @param truth the annotation file that says which image and which class an id is */
	static Map<String, List<Detection>> read(final Path file, final Path images, final Path truth,
		final BoxedImages data, final Consumer<String> log) throws IOException
	{
		if (!truth.toString().toLowerCase(Locale.ROOT).endsWith(".json")) throw new IllegalArgumentException("predictions: " +
			file + " has ids of images and classes, which a COCO .json file of true boxes alone explains, but these are " + truth +
			". Give a folder of ROI files.");
		final CocoFile<Integer> coco = CocoFile.read(truth, (number, entry, image) -> number);
		final Map<Long, String> names = new HashMap<>();
		CocoImages.of(coco, images, truth.getFileName().toString(), word -> {}).forEach(drawn -> names.put(drawn.image().id(),
			drawn.name()));
		final Map<String, List<Detection>> found = new HashMap<>();
		final Map<String, Integer> others = new TreeMap<>();
		final Entry[] entries = Json.read(file, Entry[].class);
		for (int i = 0; i < entries.length; i++)
			try {
				final Entry entry = entries[i];
				CocoFile.require(entry != null && names.containsKey(entry.image), "there is no image of its id");
				CocoFile.require(coco.categories().containsKey(entry.category), "there is no category of its id");
				final String name = coco.categories().get(entry.category);
				final int label = data.classes().indexOf(name) + 1;
				if (label == 0) others.merge(name, 1, Integer::sum);
				else found.computeIfAbsent(names.get(entry.image), image -> new ArrayList<>()).add(detection(entry, label));
			}
			catch (final IOException | IllegalArgumentException e) {
				throw new IOException("Cannot read " + file + " as COCO's results: result " + (i + 1) + ": " + AtomicFile.reason(e),
					e);
			}
		SavedBoxes.tellOthers(file, data.classes(), found, others, log);
		return found;
	}

	private static Detection detection(final Entry entry, final int label) throws IOException {
		CocoFile.require(entry.bbox != null && entry.bbox.length == 4, "\"bbox\" must be x, y, width and height");
		CocoFile.require(entry.score != null && entry.score >= 0 && entry.score <= 1, "\"score\" must be a number of 0..1");
		return new Detection(new Box(entry.bbox[0], entry.bbox[1], entry.bbox[2], entry.bbox[3]), label, entry.score);
	}
}
