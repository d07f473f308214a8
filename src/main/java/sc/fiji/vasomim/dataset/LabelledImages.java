package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import sc.fiji.vasomim.files.ImageFolder;

/**
 * A data set with drawn truth.
 *
 * @param samples images and their labels, in natural order of their names
 * @param classes what the labels tell apart: one name, then they are masks of 0 and 255; else the names of labels 1, 2,
 *          ... in order, 0 being the background
 */
public record LabelledImages(List<Sample> samples, List<String> classes) {

	public LabelledImages {
		samples = List.copyOf(samples);
		classes = List.copyOf(classes);
	}

	/** As {@link #open(Path, Path, List, Consumer)}, with the classes that the labels tell apart. */
	public static LabelledImages open(final Path images, final Path labels, final Consumer<String> log)
		throws IOException
	{
		return open(images, labels, List.of(), log);
	}

	/**
	 * Opens images with their truth, which may be
	 * <ul>
	 * <li>a {@code .json} file of COCO polygons; the classes are its categories that occur, in ascending order of ids;
	 * <li>a folder of masks, named as the images: 0 and 255, or 0 and 1;
	 * <li>a folder of label images of whole numbers 0, 1, 2, ..., whose names stand in its {@code classes.txt} (one a
	 * line) or {@code labels.json} (a list, or numbers and names); without either the numbers are the names;
	 * <li>a folder of ImageJ's {@code .roi} files or zips of them, one an image and named as it; the classes are the
	 * names of the ROIs without their last number ({@code stenosis-2}), else their groups.
	 * </ul>
	 * Where objects overlap, the later one wins.
	 *
	 * @param images folder of images, sub-folders included
	 * @param labels the file or folder
	 * @param classes the classes in the order of their label numbers, as those of the training data or of a network; what
	 *          belongs to others becomes background. Empty: those of the labels
	 * @param log receives what was left out and what is odd
	 * @throws IOException if a file can't be read, or is not what its name says
	 * @throws IllegalArgumentException if images and labels don't belong together, or do not fit the classes
	 */
	public static LabelledImages open(final Path images, final Path labels, final List<String> classes,
		final Consumer<String> log) throws IOException
	{
		Pairing.requireFolder("images", images);
		if (labels != null && Files.isRegularFile(labels) && labels.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
			return CocoPolygons.open(images, labels, classes, log);
		if (labels == null || !Files.isDirectory(labels)) throw new IllegalArgumentException(
			"labels: must be an existing folder or a .json file of COCO annotations, but was " + labels +
			". Check the path.");
		final boolean same = Files.isSameFile(images, labels);
		final boolean rois = !RoiImages.list(labels).isEmpty();
		if (rois && (same || ImageFolder.list(labels).isEmpty())) return RoiImages.open(images, labels, classes, log);
		if (rois) throw new IllegalArgumentException("labels: " + labels +
			" holds both images and ROI files. Keep those that are the labels.");
		if (same) throw new IllegalArgumentException("labels: " + labels +
			" is the folder of the images itself, and holds no ROI files. Name the folder of masks or labels.");
		return LabelFolder.open(images, labels, classes);
	}

	/** The same with one class, to which all belong. */
	public LabelledImages joined(final String name) {
		return new LabelledImages(samples.stream().map(sample -> new Sample(sample.name(), sample.image(), new JoinedLabels(
			sample.labels()))).toList(), List.of(name));
	}

	/**
	 * A share of the images, chosen at random, one at least. In the same order, the smaller share is part of the larger.
	 *
	 * @param share in (0, 1]
	 * @param order draws an order of 0 .. n - 1
	 */
	public LabelledImages fraction(final double share, final IntFunction<int[]> order) {
		if (!(share > 0 && share <= 1)) throw new IllegalArgumentException("share: must lie in (0, 1], but was " + share);
		final int count = Math.min(samples.size(), (int) Math.max(1, Math.round(share * samples.size())));
		return new LabelledImages(Arrays.stream(order.apply(samples.size())).limit(count).sorted().mapToObj(samples::get)
			.toList(), classes);
	}
}
