package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that it holds. Links are not followed. */
public final class FileTree {

	private FileTree() {}

	/** The files below a folder, in the order of their paths. */
	public static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> paths = Files.walk(folder)) {
			return paths.filter(Files::isRegularFile).sorted().toList();
		}
	}

	/** Removes a folder and everything in it; nothing happens if it is not there. */
	public static void delete(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		final List<Path> deepestFirst;
		try (Stream<Path> paths = Files.walk(folder)) {
			deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
		}
		for (final Path path : deepestFirst) Files.delete(path);
	}

	/** The true place of a folder, also of one that is not there yet: links above it are followed. */
	public static Path realPath(final Path folder) throws IOException {
		final Path absolute = folder.toAbsolutePath().normalize();
		return Files.exists(absolute) || absolute.getParent() == null ? absolute.toRealPath()
			: realPath(absolute.getParent()).resolve(absolute.getFileName());
	}

	/** Waits until a written file's content is on the disk. */
	public static void sync(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}
}
