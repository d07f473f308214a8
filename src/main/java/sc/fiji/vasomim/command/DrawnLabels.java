package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import sc.fiji.vasomim.dataset.LabelledImages;

/** Images and their labels, drawn or predicted. */
final class DrawnLabels {

	private DrawnLabels() {}

	/**
	 * @param parameter that names the labels, for messages
	 * @param classes in the order of their numbers; empty: those of the labels
	 * @param log receives what is odd
	 * @throws IllegalArgumentException if a folder is missing, or an image has no labels
	 */
	static LabelledImages open(final File images, final String parameter, final File labels, final List<String> classes,
		final Consumer<String> log) throws IOException
	{
		final Path folder = FileParameter.path("images", images);
		try {
			return LabelledImages.open(folder, FileParameter.path(parameter, labels), classes, log);
		}
		catch (final IllegalArgumentException e) {
			if (e.getMessage().startsWith("images: ")) throw e;
			throw new IllegalArgumentException(parameter + ": " + e.getMessage(), e);
		}
	}
}
