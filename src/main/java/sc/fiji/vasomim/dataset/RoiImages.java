package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.vasomim.files.ImageFolder;
import sc.fiji.vasomim.files.RoiFile;

/** Images whose truth is a folder of ImageJ's ROI files. */
final class RoiImages {

	private static final Pairing PAIRING = new Pairing("labels", "ROI file",
		"Leave these images out, or draw their ROIs: of an image without any, save an empty zip.");

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	/** Numbers by their values, then the rest of the name: 9, 9a, 10, ... */
	private static final Comparator<String> BY_NUMBER = Comparator.comparingInt(RoiImages::number).thenComparing(
		Comparator.naturalOrder());

	private RoiImages() {}

	/** The ROI files and zips in a folder and its sub-folders, relative to it. */
	static List<Path> list(final Path folder) throws IOException {
		return ImageFolder.list(folder, file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(roi|zip)"));
	}

	/** @param wanted the classes; empty for those that {@link ClassNames} finds, else those of the ROIs */
	static LabelledImages open(final Path images, final Path folder, final List<String> wanted,
		final Consumer<String> log) throws IOException
	{
		final List<Path> files = list(folder);
		final List<String> given = ClassNames.in(folder);
		final List<String> known = given.isEmpty() ? wanted : given;
		final Map<String, Integer> counts = new TreeMap<>(BY_NUMBER);
		for (final Path file : files)
			for (final RoiFile.Entry roi : RoiFile.read(folder.resolve(file)))
				counts.merge(RoiLabels.className(roi, known), 1, Integer::sum);
		final Classes all = new Classes(known.isEmpty() ? found(counts, folder) : known);
		if (all.names().size() > 1 && counts.containsKey("")) throw new IllegalArgumentException("labels: " +
			counts.get("") + " ROIs in " + folder + " have neither a name nor a group. Name them.");
		final Classes classes = wanted.isEmpty() ? all : new Classes(wanted);
		final Map<String, Integer> others = new TreeMap<>(counts);
		others.keySet().removeIf(name -> name.isEmpty() || classes.value(name) != 0);
		if (!others.isEmpty() && others.size() == counts.size()) throw new IllegalArgumentException("classes: " + folder +
			" has none of " + classes.names() + ", but " + counts.keySet());
		Classes.tellLeftOut(others, log);
		return new LabelledImages(PAIRING.pair(images, folder, files, file -> new RoiLabels(file, known, classes)),
			classes.names());
	}

	private static List<String> found(final Map<String, Integer> counts, final Path folder) {
		if (counts.isEmpty()) throw new IllegalArgumentException("labels: " + folder +
			" holds no ROI, so it does not say what to tell apart. Name the classes.");
		return counts.size() == 1 && counts.containsKey("") ? List.of(Classes.VESSEL) : List.copyOf(counts.keySet());
	}

	private static int number(final String name) {
		final Matcher number = NUMBER.matcher(name);
		return number.lookingAt() ? Integer.parseInt(number.group()) : Integer.MAX_VALUE;
	}
}
