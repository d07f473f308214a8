package sc.fiji.vasomim.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The images of a folder, for work on one after the other. */
public final class ImageFolder {

	/** The formats in words, for messages. */
	public static final String FORMATS = "PNG, JPEG, TIFF, BMP, GIF or DICOM";

	private static final Set<String> EXTENSIONS =
		Set.of("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "dcm", "dicom");

	private ImageFolder() {}

	/**
	 * The images of a folder and its sub-folders, relative to it, in natural order: files with the extension of a
	 * format that {@link ImageFile} reads, and DICOM files without extension. Hidden files and folders (a name with a
	 * leading dot) are left out; links are followed. Damaged images are listed, and files without extension that can't be
	 * opened: reading them says what is wrong.
	 *
	 * @return empty if there is none
	 * @throws IOException naming the folder if it is missing or is a file; or naming a folder in it that can't be looked
	 *           into
	 */
	public static List<Path> list(final Path folder) throws IOException {
		return list(folder, ImageFolder::isImage);
	}

	/** As {@link #list(Path)}, but of the files that are wanted. */
	public static List<Path> list(final Path folder, final Predicate<Path> wanted) throws IOException {
		if (!Files.exists(folder)) throw new IOException("The folder " + folder + " does not exist");
		if (!Files.isDirectory(folder)) throw new IOException(folder + " is a file, not a folder");
		final List<Path> images = new ArrayList<>();
		final Set<FileVisitOption> options = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
		Files.walkFileTree(folder, options, Integer.MAX_VALUE, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(final Path path, final BasicFileAttributes attributes) {
				final boolean skip = !path.equals(folder) && isHidden(path);
				return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(final Path path, final BasicFileAttributes attributes) {
				if (attributes.isRegularFile() && !isHidden(path) && wanted.test(path)) images.add(folder.relativize(path));
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(final Path path, final IOException e) throws IOException {
				throw new IOException("Cannot look into " + path + ": " + AtomicFile.reason(e), e);
			}
		});
		images.sort(new NaturalOrder());
		return images;
	}

	private static boolean isHidden(final Path path) {
		return path.getFileName().toString().startsWith(".");
	}

	/** Whether a file is listed, by its name; one without an extension by its first bytes. */
	public static boolean isImage(final Path path) {
		final String name = path.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		if (dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) return true;
		// Scanners export DICOM as IM6 or 1.2.840.113...: what follows the last dot is then a number.
		if (dot >= 0 && !name.substring(dot + 1).matches("\\d*")) return false;
		try (InputStream stream = Files.newInputStream(path)) {
			return new String(stream.readNBytes(132), StandardCharsets.ISO_8859_1).startsWith("DICM", 128);
		}
		catch (final IOException e) {
			// Reading it says so, of this file alone.
			return true;
		}
	}
}
