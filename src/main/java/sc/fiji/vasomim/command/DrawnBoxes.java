package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxAnnotations;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.files.IntensityRule;

/** Images and their drawn boxes. */
final class DrawnBoxes {

	private DrawnBoxes() {}

	/**
	 * @param imagesKey the parameter that names the images
	 * @param boxesKey the one that names the boxes
	 * @param classes in the order of their numbers; empty: those of the boxes
	 * @param log receives what is odd
	 */
	static BoxedImages read(final String imagesKey, final File images, final String boxesKey, final File boxes,
		final List<String> classes, final IntensityRule rule, final Progress progress, final Consumer<String> log)
		throws IOException
	{
		final Path folder = FileParameter.path(imagesKey, images);
		final Path drawn = FileParameter.path(boxesKey, boxes);
		try {
			return BoxAnnotations.read(folder, drawn, classes, rule, progress, log);
		}
		catch (final IllegalArgumentException e) {
			throw Keys.of(e, Map.of("images", imagesKey, "boxes", boxesKey, "labels", boxesKey, "classes", boxesKey));
		}
	}
}
