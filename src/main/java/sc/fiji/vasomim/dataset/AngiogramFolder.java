package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import sc.fiji.vasomim.files.ImageFolder;

/**
 * A folder of angiograms and a folder of their vascular masks, in the XA-170K layout {@code set/} and
 * {@code set_frangi/}. A mask has its image's file name, or the name that Extract Vascular Anatomy Folder gives it.
 */
public final class AngiogramFolder {

	private static final Pairing MASKS = new Pairing("masks", "mask",
		"Run Extract Vascular Anatomy Folder on the images first.");

	private AngiogramFolder() {}

	/**
	 * @param images folder of angiograms, sub-folders included
	 * @param masks folder of masks in the same sub-folders
	 * @return the pairs in natural order of their names
	 * @throws IllegalArgumentException if a folder is missing or empty, or an image has no mask
	 */
	public static List<Sample> pairs(final Path images, final Path masks) throws IOException {
		Pairing.requireFolder("images", images);
		Pairing.requireFolder("masks", masks);
		return MASKS.pair(images, masks, ImageFolder.list(masks), MaskFile::new);
	}

	/**
	 * Images that no masks are known of.
	 *
	 * @throws IllegalArgumentException if the folder is missing or empty
	 */
	public static List<Sample> images(final Path images) throws IOException {
		Pairing.requireFolder("images", images);
		return Pairing.images(images).stream().map(image -> new Sample(Pairing.name(image), images.resolve(image),
			Labels.NONE)).toList();
	}
}
