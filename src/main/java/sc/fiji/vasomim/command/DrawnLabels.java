package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import sc.fiji.vasomim.dataset.AngiogramFolder;
import sc.fiji.vasomim.dataset.LabelledImages;

/** Images and their labels, drawn or predicted. */
final class DrawnLabels {

	private static final List<String> VESSEL = List.of("vessel");

	private DrawnLabels() {}

	/**
	 * @param parameter that names the labels, for messages
	 * @throws IllegalArgumentException if a folder is missing, or an image has no labels
	 */
	static LabelledImages open(final File images, final String parameter, final File labels) throws IOException {
		final Path folder = FileParameter.path("images", images);
		try {
			return new LabelledImages(AngiogramFolder.pairs(folder, FileParameter.path(parameter, labels)), VESSEL);
		}
		catch (final IllegalArgumentException e) {
			if (e.getMessage().startsWith("images: ")) throw e;
			throw new IllegalArgumentException(parameter + ": " + e.getMessage(), e);
		}
	}
}
