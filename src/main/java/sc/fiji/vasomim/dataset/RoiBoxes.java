package sc.fiji.vasomim.dataset;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import sc.fiji.vasomim.files.RoiFile;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;

/** Boxes that were found, in ROI files of their images' names. */
final class RoiBoxes {

	/** The property of ROIs that says how sure the finder was. */
	private static final String SCORE = "score";

	private final List<String> classes;

	/** How many ROIs of which other classes there are. */
	private final Map<String, Integer> others = new TreeMap<>();

	private RoiBoxes(final List<String> classes) {
		this.classes = classes;
	}

	static Map<String, List<Detection>> read(final Path folder, final BoxedImages data, final Consumer<String> log)
		throws IOException
	{
		final List<Path> files = RoiImages.list(folder);
		if (files.isEmpty()) throw new IllegalArgumentException("predictions: " + folder +
			" holds no ROI files (.roi or .zip). Check the path.");
		final List<Path> images = data.images().stream().map(image -> Path.of(image.name())).toList();
		final SameNames names = new SameNames(images, files);
		final RoiBoxes reader = new RoiBoxes(data.classes());
		final Map<String, List<Detection>> found = new LinkedHashMap<>();
		final List<String> alone = new ArrayList<>();
		for (final Path image : images) {
			final List<Path> theirs = names.of(image);
			if (theirs.size() > 1) throw new IllegalArgumentException("predictions: " + folder + " holds several ROI files for " +
				image + ". Keep one of them.");
			if (theirs.isEmpty()) alone.add(Pairing.name(image));
			else found.put(Pairing.name(image), reader.read(folder.resolve(theirs.get(0))));
		}
		if (!alone.isEmpty()) throw new IllegalArgumentException("predictions: " + alone.size() + " images have no ROI file in " +
			folder + " (" + Oddities.some(alone) + "). Of an image without any box, save an empty zip.");
		SavedBoxes.tellOthers(folder, data.classes(), found, reader.others, log);
		return found;
	}

	private List<Detection> read(final Path file) throws IOException {
		final List<Detection> found = new ArrayList<>();
		for (final RoiFile.Entry entry : RoiFile.read(file)) {
			final String name = RoiLabels.className(entry, classes);
			final int label = classes.indexOf(name) + 1;
			try {
				RoiLabels.requireFirstSlice(entry.roi());
				if (name.isEmpty()) throw new IllegalArgumentException("has neither a name nor a group. Name it.");
				if (label == 0) others.merge(name, 1, Integer::sum);
				else found.add(detection(entry, label));
			}
			catch (final IllegalArgumentException e) {
				throw new IllegalArgumentException("predictions: " + file + ": the ROI " + entry.name() + " " + e.getMessage(), e);
			}
		}
		return found;
	}

	private static Detection detection(final RoiFile.Entry entry, final int label) {
		final Rectangle2D bounds = entry.roi().getFloatBounds();
		if (bounds.isEmpty()) throw new IllegalArgumentException("has no area. Remove it.");
		return new Detection(new Box(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight()), label, score(entry
			.roi().getProperty(SCORE)));
	}

	private static double score(final String text) {
		try {
			final double score = text == null ? 1 : Double.parseDouble(text);
			if (score >= 0 && score <= 1) return score;
		}
		catch (final NumberFormatException e) {
			// Said below.
		}
		throw new IllegalArgumentException("has the score " + text + ", which must be a number of 0..1");
	}
}
