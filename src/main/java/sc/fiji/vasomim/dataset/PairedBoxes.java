package sc.fiji.vasomim.dataset;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import ij.gui.Roi;

import sc.fiji.vasomim.files.ImageFolder;
import sc.fiji.vasomim.files.RoiFile;

/** Boxes in a file an image, named as it: Pascal VOC's XML, or ImageJ's ROIs. */
final class PairedBoxes {

	private PairedBoxes() {}

	static List<Path> listXml(final Path folder) throws IOException {
		return ImageFolder.list(folder, file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".xml"));
	}

	/** The classes are the objects' names in natural order of their letters. */
	static BoxListing openXml(final Path images, final Path folder) throws IOException {
		final List<BoxedFile> files = new ArrayList<>();
		for (final Pairing.Pair pair : pairs(images, folder, listXml(folder), "XML file", "an XML without objects")) {
			final VocFile voc = VocFile.read(pair.file());
			files.add(new BoxedFile(pair.name(), pair.image(), voc.width(), voc.height(), voc.boxes()));
		}
		return named(files);
	}

	/**
	 * The boxes around ROIs.
	 *
	 * @param wanted the classes; empty for those that {@link ClassNames} finds, else those of the ROIs
	 */
	static BoxListing openRois(final Path images, final Path folder, final List<String> wanted) throws IOException {
		final List<String> given = ClassNames.in(folder);
		final List<String> known = given.isEmpty() ? wanted : given;
		final List<BoxedFile> files = new ArrayList<>();
		for (final Pairing.Pair pair : pairs(images, folder, RoiImages.list(folder), "ROI file", "an empty zip")) {
			final List<DrawnBox> boxes = new ArrayList<>();
			for (final RoiFile.Entry entry : RoiFile.read(pair.file()))
				boxes.add(around(entry, known, pair.file()));
			files.add(new BoxedFile(pair.name(), pair.image(), 0, 0, boxes));
		}
		final List<BoxedFile> all = unnamedAs(Classes.STENOSIS, files, known, folder);
		return known.isEmpty() ? named(all) : new BoxListing(all, known);
	}

	private static DrawnBox around(final RoiFile.Entry entry, final List<String> known, final Path file) {
		final Roi roi = entry.roi();
		final String where = file.getFileName() + ", the ROI " + entry.name();
		try {
			RoiLabels.requireFirstSlice(roi);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("boxes: " + where + " " + e.getMessage(), e);
		}
		final Rectangle2D bounds = roi.getFloatBounds();
		return new DrawnBox(where, RoiLabels.className(entry, known), bounds.getX(), bounds.getY(), bounds.getWidth(), bounds
			.getHeight(), false, false);
	}

	/** @throws IllegalArgumentException if there are boxes without a name, and other classes that they may belong to */
	private static List<BoxedFile> unnamedAs(final String name, final List<BoxedFile> files, final List<String> known,
		final Path folder)
	{
		final long unnamed = files.stream().flatMap(file -> file.boxes().stream()).filter(box -> box.name().isEmpty())
			.count();
		final List<BoxedFile> all = files.stream().map(file -> file.withUnnamed(name)).toList();
		if (unnamed > 0 && (!known.isEmpty() || named(all).names().size() > 1)) throw new IllegalArgumentException("boxes: " +
			unnamed + " ROIs in " + folder + " have neither a name nor a group. Name them.");
		return all;
	}

	private static BoxListing named(final List<BoxedFile> files) {
		final Set<String> names = new TreeSet<>();
		files.forEach(file -> file.boxes().forEach(box -> names.add(box.name())));
		return new BoxListing(files, List.copyOf(names));
	}

	/** @throws IllegalArgumentException if an image has no file, or a file no image */
	private static List<Pairing.Pair> pairs(final Path images, final Path folder, final List<Path> files,
		final String one, final String empty) throws IOException
	{
		final List<Pairing.Pair> pairs = new Pairing("boxes", one, "Leave these images out, or draw their boxes: for an " +
			"image without any, save " + empty + ".").pair(images, folder, files);
		final Set<Path> alone = new HashSet<>(files.stream().map(folder::resolve).toList());
		pairs.forEach(pair -> alone.remove(pair.file()));
		if (!alone.isEmpty()) throw new IllegalArgumentException("images: " + images + " lacks the images of " + alone
			.size() + " of the " + files.size() + " " + one + "s (" + Oddities.some(alone.stream().map(file -> Pairing.name(
				folder.relativize(file))).sorted().toList()) + "). Check the path, or remove these files.");
		return pairs;
	}
}
