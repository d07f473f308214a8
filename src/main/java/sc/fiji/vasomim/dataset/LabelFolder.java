package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import ij.ImagePlus;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.ImageFolder;

/** Images whose truth is a folder of masks, or of label images. */
final class LabelFolder {

	private static final Pairing PAIRING = new Pairing("labels", "label image",
		"Leave these images out, or label them: empty labels are an image of zeros.");

	private LabelFolder() {}

	/**
	 * @param wanted the classes; empty for those that {@link ClassNames} finds, else 1, 2, ... up to the largest label
	 */
	static LabelledImages open(final Path images, final Path folder, final List<String> wanted) throws IOException {
		final List<Path> files = ImageFolder.list(folder);
		if (files.isEmpty()) throw new IllegalArgumentException("labels: " + folder + " holds neither images (" +
			ImageFolder.FORMATS + ") nor ROI files. Of COCO annotations, name the .json file itself.");
		final List<String> given = ClassNames.in(folder);
		final List<String> names = given.isEmpty() ? wanted : given;
		if (names.size() < 2 && areMasks(folder, files)) {
			final String name = !wanted.isEmpty() ? wanted.get(0) : !given.isEmpty() ? given.get(0) : Classes.VESSEL;
			return new LabelledImages(PAIRING.pair(images, folder, files, MaskFile::new), List.of(name));
		}
		final List<String> numbered = names.isEmpty() ? numbers(largest(folder, files)) : names;
		final Classes classes = new Classes(wanted.isEmpty() ? numbered : wanted);
		final List<Integer> values = new ArrayList<>(List.of(0));
		numbered.forEach(name -> values.add(classes.value(name)));
		if (values.stream().allMatch(value -> value == 0)) throw new IllegalArgumentException("classes: " + folder +
			" has none of " + wanted + ", but " + numbered);
		return new LabelledImages(PAIRING.pair(images, folder, files, file -> new LabelFile(file, values)),
			classes.names());
	}

	private static List<String> numbers(final int largest) {
		return largest == 1 ? List.of(Classes.VESSEL) : IntStream.rangeClosed(1, largest).mapToObj(String::valueOf)
			.toList();
	}

	/**
	 * Whether the first image that is not empty has two values, or all sorts of grey up to 255, rather than small
	 * numbers. Where all are empty, they are masks.
	 */
	private static boolean areMasks(final Path folder, final List<Path> files) throws IOException {
		for (final Path file : files) {
			final ImagePlus image = ImageFile.readIndices(folder.resolve(file));
			// A mask that was saved as RGB.
			if (image.getBitDepth() == 24) return true;
			final BitSet values = values(image, folder.resolve(file));
			final int least = values.nextSetBit(1);
			final int largest = values.length() - 1;
			if (least < 0) continue;
			// JPEG and interpolation make values on both sides of the middle.
			if (least < MaskFile.HALF && largest == 255 && values.nextSetBit(MaskFile.HALF) == 255)
				throw new IllegalArgumentException("labels: " + folder.resolve(file) + " has both 255 and labels below " +
					MaskFile.HALF + ". If 255 marks what nobody knows, replace it by 0 or by a class of its own.");
			return largest >= MaskFile.HALF && (least == largest || largest == 255);
		}
		return true;
	}

	private static int largest(final Path folder, final List<Path> files) throws IOException {
		int largest = 0;
		for (final Path file : files) {
			final Path path = folder.resolve(file);
			largest = Math.max(largest, values(ImageFile.readIndices(path), path).length() - 1);
		}
		return largest;
	}

	private static BitSet values(final ImagePlus image, final Path file) {
		final BitSet values = new BitSet();
		for (final int number : LabelFile.numbers(image, file))
			values.set(number);
		return values;
	}
}
