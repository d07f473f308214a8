package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import sc.fiji.vasomim.metrics.Detection;

/** Boxes with scores that were found before, by whatever means. */
public final class SavedBoxes {

	private SavedBoxes() {}

	/**
	 * Reads boxes, which may be
	 * <ul>
	 * <li>a folder of ImageJ's {@code .roi} files or zips of them, one an image and named as it: the boxes around the ROIs,
	 * the score being their property {@code score}, or 1 where they have none;
	 * <li>COCO's {@code .json} of results: a list of {@code image_id}, {@code category_id}, {@code bbox} and {@code score},
	 * by the ids of the true boxes' file.
	 * </ul>
	 *
	 * @param predictions the folder or file
	 * @param images the folder of the images
	 * @param boxes the file or folder of the true boxes
	 * @param data the images with their true boxes
	 * @param log receives what was left out, because it is of other classes
	 * @return by the images' names; none of an image on which nothing was found
	 * @throws IOException if a file can't be read or is not what its name says
	 * @throws IllegalArgumentException if predictions and images do not belong together, or a box is none
	 */
	public static Map<String, List<Detection>> read(final Path predictions, final Path images, final Path boxes,
		final BoxedImages data, final Consumer<String> log) throws IOException
	{
		final boolean json = predictions.toString().toLowerCase(Locale.ROOT).endsWith(".json");
		if (json && Files.isRegularFile(predictions)) return CocoResults.read(predictions, images, boxes, data, log);
		if (!Files.isDirectory(predictions)) throw new IllegalArgumentException("predictions: must be an existing folder of " +
			"ROI files, or a .json file of COCO's results, but was " + predictions + ". Check the path.");
		return RoiBoxes.read(predictions, data, log);
	}

	/**
	 * @param found of the classes sought
	 * @param others how many there are of which other classes
	 * @throws IllegalArgumentException if all are of other classes
	 */
	static void tellOthers(final Path predictions, final List<String> classes, final Map<String, List<Detection>> found,
		final Map<String, Integer> others, final Consumer<String> log)
	{
		if (!others.isEmpty() && found.values().stream().allMatch(List::isEmpty)) throw new IllegalArgumentException(
			"predictions: " + predictions + " has none of the classes " + classes + ", but " + others.keySet());
		Classes.tellLeftOut(others, log);
	}
}
