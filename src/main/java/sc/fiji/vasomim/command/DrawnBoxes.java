package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxAnnotations;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.files.IntensityRule;

/** Images and their drawn boxes. */
final class DrawnBoxes {

	private DrawnBoxes() {}

	/**
	 * @param parameter that names the boxes, for messages
	 * @param classes in the order of their numbers; empty: those of the boxes
	 * @param log receives what is odd
	 */
	static BoxedImages read(final File images, final String parameter, final File boxes, final List<String> classes,
		final IntensityRule rule, final Progress progress, final Consumer<String> log) throws IOException
	{
		final Path folder = FileParameter.path("images", images);
		try {
			return BoxAnnotations.read(folder, FileParameter.path(parameter, boxes), classes, rule, progress, log);
		}
		catch (final IllegalArgumentException e) {
			if (e.getMessage().startsWith("images: ") || e.getMessage().startsWith(parameter + ": ")) throw e;
			throw new IllegalArgumentException(parameter + ": " + e.getMessage(), e);
		}
	}
}
