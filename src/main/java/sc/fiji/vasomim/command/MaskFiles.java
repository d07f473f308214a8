package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ij.ImagePlus;

import sc.fiji.vasomim.dataset.SameNames;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.ImageFolder;
import sc.fiji.vasomim.files.Sha256;

/**
 * Where a folder's images have their masks.
 *
 * @param input the images' folder, or one image
 * @param masks the masks' folder, or one mask for all; null if there are none
 * @param names which mask belongs to which image; null if there is no folder of masks
 */
record MaskFiles(Path input, Path masks, SameNames names) {

	/** @throws IllegalArgumentException if masks are given but are not there */
	static MaskFiles of(final File input, final File masks) throws IOException {
		final Path images = FileParameter.path("input", input);
		if (masks == null || masks.getPath().isBlank()) return new MaskFiles(images, null, null);
		final Path given = FileParameter.path("masks", masks);
		if (!Files.exists(given)) throw new IllegalArgumentException("masks: must be an existing folder or file, but was " +
			given + ". Check the path, or leave it empty.");
		final List<Path> files = files(given);
		if (files.isEmpty()) throw new IllegalArgumentException("masks: " + given +
			" holds no file. Run Extract Vascular Anatomy Folder first, or leave it empty.");
		return new MaskFiles(images, given, Files.isRegularFile(given) ? null : new SameNames(Files.isDirectory(images)
			? ImageFolder.list(images) : List.of(images.getFileName()), files.stream().map(given::relativize).toList()));
	}

	private static List<Path> files(final Path masks) throws IOException {
		try (Stream<Path> files = Files.walk(masks)) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
	}

	/** Of all masks' contents, so that other masks are no finished work; null if there are none. */
	String sha256() throws IOException {
		if (masks == null) return null;
		final StringBuilder contents = new StringBuilder();
		for (final Path file : files(masks))
			contents.append(masks.relativize(file)).append(' ').append(Sha256.of(file)).append('\n');
		return Sha256.of(contents.toString());
	}

	/**
	 * Null if there are no masks.
	 *
	 * @throws IOException if this image has none
	 */
	ImagePlus of(final Path image) throws IOException {
		if (masks == null) return null;
		if (names == null) return ImageFile.read(masks);
		final Path relative = Files.isDirectory(input) ? input.relativize(image) : image.getFileName();
		final List<Path> found = names.of(relative);
		if (found.size() != 1) throw new IOException("masks: " + found.size() + " files in " + masks + " are called as " +
			relative + " is, but one is needed. Give it the image's name, with an ending of its own.");
		return ImageFile.read(masks.resolve(found.get(0)));
	}
}
