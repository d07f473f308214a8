package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import sc.fiji.vasomim.files.ImageFolder;

/**
 * Images and files of the same names in another folder.
 *
 * @param parameter that names the other folder, for messages
 * @param one of its files in words, as {@code mask}
 * @param remedy what to do where one is missing
 */
record Pairing(String parameter, String one, String remedy) {

	/**
	 * A file belongs to an image if it has its name, but for the ending where that leaves no doubt.
	 *
	 * @param images folder of images, sub-folders included
	 * @param folder of the other files, in the same sub-folders
	 * @param files relative to it
	 * @param labels what becomes of a file
	 * @return the pairs in natural order of the images' names
	 * @throws IllegalArgumentException if there is no image, or an image has no file or several
	 */
	List<Sample> pair(final Path images, final Path folder, final List<Path> files, final Function<Path, Labels> labels)
		throws IOException
	{
		return pair(images, folder, files).stream().map(pair -> new Sample(pair.name, pair.image, labels.apply(pair.file)))
			.toList();
	}

	/**
	 * An image and its file.
	 *
	 * @param name the image's path inside its folder
	 */
	record Pair(String name, Path image, Path file) {}

	/** As above, the files as they are. */
	List<Pair> pair(final Path images, final Path folder, final List<Path> files) throws IOException {
		final List<Path> found = images(images);
		final SameNames names = new SameNames(found, files);
		final List<Pair> pairs = new ArrayList<>();
		final List<String> alone = new ArrayList<>();
		for (final Path image : found) {
			final List<Path> theirs = names.of(image);
			if (theirs.size() > 1) throw new IllegalArgumentException(parameter + ": " + folder + " holds several " + one +
				"s for " + image + ". Keep one of them.");
			if (theirs.isEmpty()) alone.add(name(image));
			else pairs.add(new Pair(name(image), images.resolve(image), folder.resolve(theirs.get(0))));
		}
		if (!alone.isEmpty()) throw new IllegalArgumentException(parameter + ": " + alone.size() + " images have no " +
			one + " in " + folder + " (" + Oddities.some(alone) + "). " + remedy);
		return pairs;
	}

	/** Those of a folder, relative to it. @throws IllegalArgumentException if there is none */
	static List<Path> images(final Path folder) throws IOException {
		final List<Path> found = ImageFolder.list(folder);
		if (found.isEmpty()) throw new IllegalArgumentException("images: " + folder + " holds no readable image (" +
			ImageFolder.FORMATS + "). Check the path.");
		return found;
	}

	static void requireFolder(final String parameter, final Path folder) {
		if (folder == null || !Files.isDirectory(folder)) throw new IllegalArgumentException(parameter +
			": must be an existing folder, but was " + folder + ". Check the path.");
	}

	/** A path inside a data set, the same on every system. */
	static String name(final Path path) {
		return path.toString().replace('\\', '/');
	}
}
