package sc.fiji.vasomim.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files and folders as users give them: to absolute paths. */
final class FileParameter {

	private FileParameter() {}

	/** Whether an optional one was chosen. */
	static boolean isGiven(final File file) {
		return file != null && !file.getPath().isBlank();
	}

	/** @throws IllegalArgumentException if it is missing */
	static Path path(final String parameter, final File file) {
		if (!isGiven(file)) throw new IllegalArgumentException(parameter +
			": must be given, but is empty. Choose a path.");
		return file.toPath().toAbsolutePath().normalize();
	}

	/**
	 * A folder that is there or can be made.
	 *
	 * @throws IllegalArgumentException if it is missing, or is a file
	 */
	static Path folder(final String parameter, final File file) {
		final Path folder = path(parameter, file);
		if (Files.exists(folder) && !Files.isDirectory(folder)) throw new IllegalArgumentException(parameter + ": " +
			folder + " is a file. Choose a folder.");
		return folder;
	}
}
