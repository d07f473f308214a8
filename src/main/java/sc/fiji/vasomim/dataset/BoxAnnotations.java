package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.metrics.TrueBox;

/** Reads images with drawn boxes. All of them count, or none: a bad file or box ends it with an error. */
public final class BoxAnnotations {

	private final List<String> classes;

	private final IntensityRule rule;

	private final Oddities oddities = new Oddities();

	private BoxAnnotations(final List<String> classes, final IntensityRule rule) {
		this.classes = classes;
		this.rule = rule;
	}

	/**
	 * Reads images and their boxes, which may be
	 * <ul>
	 * <li>a {@code .json} file of COCO annotations: {@code bbox}; repeated ids lose nothing;
	 * <li>a folder of Pascal VOC's {@code .xml} files, one an image and named as it;
	 * <li>a folder of ImageJ's {@code .roi} files or zips of them, likewise: the boxes around the ROIs.
	 * </ul>
	 * A box may reach over the image's border by 1 px, where it is cut.
	 *
	 * @param images folder of images, sub-folders included
	 * @param boxes the file or folder
	 * @param wanted the classes in the order of their numbers; boxes of others are left out. Empty: those of the boxes
	 * @param rule how images become grey
	 * @param log receives what was left out and what is odd
	 * @throws IOException if a file can't be read or is not what its name says, or lists images outside of the folder
	 * @throws IllegalArgumentException if images and boxes do not belong together, or a box is none
	 * @throws CancellationException if it was stopped
	 */
	public static BoxedImages read(final Path images, final Path boxes, final List<String> wanted,
		final IntensityRule rule, final Progress progress, final Consumer<String> log) throws IOException
	{
		Pairing.requireFolder("images", images);
		final BoxListing drawn = open(images, boxes, wanted, log);
		final BoxAnnotations reader = new BoxAnnotations(classes(drawn, wanted, boxes), rule);
		reader.tellOthers(drawn, log);
		final List<BoxedImage> read = new ArrayList<>();
		for (final BoxedFile file : drawn.files()) {
			if (progress.isCanceled()) throw new CancellationException("while decoding images");
			read.add(reader.read(file));
			progress.report(read.size(), drawn.files().size(), "decoding images");
		}
		reader.oddities.tell(read.size(), log);
		return new BoxedImages(read, reader.classes);
	}

	private static BoxListing open(final Path images, final Path boxes, final List<String> wanted,
		final Consumer<String> log) throws IOException
	{
		if (boxes != null && Files.isRegularFile(boxes) && boxes.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
			return CocoBoxes.open(images, boxes, log);
		if (boxes == null || !Files.isDirectory(boxes)) throw new IllegalArgumentException("boxes: must be a .json file of " +
			"COCO annotations, or an existing folder of .xml (Pascal VOC) or ROI files, but was " + boxes + ". Check the path.");
		final boolean xml = !PairedBoxes.listXml(boxes).isEmpty(), rois = !RoiImages.list(boxes).isEmpty();
		if (xml == rois) throw new IllegalArgumentException("boxes: " + boxes + (xml ? " holds both .xml and ROI files. Keep " +
			"those that are the boxes." : " holds neither .xml (Pascal VOC) nor ROI files. Of COCO annotations, name the .json " +
				"file itself."));
		return xml ? PairedBoxes.openXml(images, boxes) : PairedBoxes.openRois(images, boxes, wanted);
	}

	private static List<String> classes(final BoxListing drawn, final List<String> wanted, final Path boxes) {
		if (drawn.files().isEmpty()) throw new IllegalArgumentException("boxes: " + boxes + " lists no image");
		if (wanted.isEmpty() && drawn.names().isEmpty()) throw new IllegalArgumentException("boxes: " + boxes +
			" holds no box, so it does not say what to find. Draw some.");
		final List<String> classes = new Classes(wanted.isEmpty() ? drawn.names() : wanted).names();
		final Set<String> found = new TreeSet<>();
		drawn.files().forEach(file -> file.boxes().forEach(box -> found.add(box.name())));
		if (!found.isEmpty() && found.stream().noneMatch(classes::contains)) throw new IllegalArgumentException("boxes: " +
			boxes + " has none of the classes " + classes + ", but " + found);
		return classes;
	}

	private void tellOthers(final BoxListing drawn, final Consumer<String> log) {
		final Map<String, Integer> others = new TreeMap<>();
		for (final BoxedFile file : drawn.files())
			for (final DrawnBox box : file.boxes())
				if (!classes.contains(box.name())) others.merge(box.name(), 1, Integer::sum);
		Classes.tellLeftOut(others, log);
	}

	private BoxedImage read(final BoxedFile file) throws IOException {
		final ImagePlus image = ImageFile.read(file.image());
		final GreyPixels grey = GreyPixels.of(image, file.image(), rule);
		oddities.add(file.name(), grey.applied());
		final int width = image.getWidth(), height = image.getHeight();
		if (file.width() > 0 && file.height() > 0 && (file.width() != width || file.height() != height))
			throw new IllegalArgumentException("boxes: those of " + file.name() + " were drawn on an image of " + file.width() +
				" x " + file.height() + " px, but it is " + width + " x " + height + ". Take the images that belong to them.");
		final List<TrueBox> boxes = new ArrayList<>();
		for (final DrawnBox box : file.boxes()) {
			final int label = classes.indexOf(box.name()) + 1;
			if (label > 0) boxes.add(box.on(label, file.name(), width, height));
		}
		return new BoxedImage(file.name(), grey.values(), width, height, boxes);
	}
}
