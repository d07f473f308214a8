package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ij.ImagePlus;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.Sha256;

/**
 * Where a folder's images have their masks.
 *
 * @param input the images' folder, or one image
 * @param masks the masks' folder, or one mask for all; null if there are none
 */
record MaskFiles(Path input, Path masks) {

	/** @throws IllegalArgumentException if masks are given but are not there */
	static MaskFiles of(final File input, final File masks) throws IOException {
		final Path images = FileParameter.path("input", input);
		if (masks == null || masks.getPath().isBlank()) return new MaskFiles(images, null);
		final Path given = FileParameter.path("masks", masks);
		if (!Files.exists(given)) throw new IllegalArgumentException("masks: must be an existing folder or file, but was " +
			given + ". Check the path, or leave it empty.");
		try (Stream<Path> files = Files.walk(given)) {
			if (files.noneMatch(Files::isRegularFile)) throw new IllegalArgumentException("masks: " + given +
				" holds no file. Run Extract Vascular Anatomy Folder first, or leave it empty.");
		}
		return new MaskFiles(images, given);
	}

	/** Of all masks' contents, so that other masks are no finished work; null if there are none. */
	String sha256() throws IOException {
		if (masks == null) return null;
		final StringBuilder contents = new StringBuilder();
		try (Stream<Path> files = Files.walk(masks)) {
			for (final Path file : files.filter(Files::isRegularFile).sorted().toList())
				contents.append(masks.relativize(file)).append(' ').append(Sha256.of(file)).append('\n');
		}
		return Sha256.of(contents.toString());
	}

	/**
	 * Null if there are no masks.
	 *
	 * @throws IOException if this image has none
	 */
	ImagePlus of(final Path image) throws IOException {
		if (masks == null) return null;
		if (Files.isRegularFile(masks)) return ImageFile.read(masks);
		final Path relative = Files.isDirectory(input) ? input.relativize(image) : image.getFileName();
		final Path folder = masks.resolve(relative).getParent();
		final String stem = stem(relative);
		final List<Path> found;
		try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
			found = files.filter(file -> Files.isRegularFile(file) && stem(file).equals(stem)).sorted().toList();
		}
		if (found.size() != 1) throw new IOException("masks: " + found.size() + " files are called " + stem +
			", but one is needed for " + relative);
		return ImageFile.read(found.get(0));
	}

	private static String stem(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		return dot <= 0 ? name : name.substring(0, dot);
	}
}
