package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import sc.fiji.vasomim.dataset.LabelledImages;

/** Images and their labels, drawn or predicted. */
final class DrawnLabels {

	private DrawnLabels() {}

	/**
	 * @param imagesKey the parameter that names the images
	 * @param labelsKey the one that names the labels
	 * @param classes in the order of their numbers; empty: those of the labels
	 * @param log receives what is odd
	 * @throws IllegalArgumentException if a folder is missing, or an image has no labels
	 */
	static LabelledImages open(final String imagesKey, final File images, final String labelsKey, final File labels,
		final List<String> classes, final Consumer<String> log) throws IOException
	{
		final Path folder = FileParameter.path(imagesKey, images);
		final Path drawn = FileParameter.path(labelsKey, labels);
		try {
			return LabelledImages.open(folder, drawn, classes, log);
		}
		catch (final IllegalArgumentException e) {
			throw Keys.of(e, Map.of("images", imagesKey, "labels", labelsKey, "masks", labelsKey, "classes", labelsKey));
		}
	}
}
