package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A folder that is whole or not there, and that shows later damage: checkpoints. It is written as {@code name.tmp},
 * every file synced, {@code complete.json} with size and SHA-256 of each file last, then renamed to {@code name}.
 */
public final class SealedFolder {

	/** The name of the seal inside the folder. */
	public static final String SEAL = "complete.json";

	/** Writes the folder's files, sub-folders included, under the path it is given. */
	@FunctionalInterface
	public interface Body {

		void writeTo(Path folder) throws IOException;
	}

	private record Entry(long bytes, String sha256) {}

	private record Seal(Map<String, Entry> files) {}

	private SealedFolder() {}

	/**
	 * Writes a folder. What an earlier, interrupted writing left at {@code name.tmp} is removed. A damaged folder of
	 * the same name is kept, moved to {@code name.damaged-1} (or the first free number).
	 *
	 * @throws FileAlreadyExistsException if a complete folder of that name exists: it is never replaced
	 * @throws IOException whatever the body threw or the disk refused; nothing of the new folder is left then
	 */
	public static void write(final Path folder, final Body body) throws IOException {
		final Path target = folder.toAbsolutePath();
		if (Files.exists(target) && damage(target).isEmpty()) {
			throw new FileAlreadyExistsException(folder.toString(), null, "a complete folder is never replaced");
		}
		final Path part = target.resolveSibling(target.getFileName() + ".tmp");
		FileTree.delete(part);
		Files.createDirectories(part);
		try {
			body.writeTo(part);
			seal(part);
			if (Files.exists(target)) Files.move(target, firstFree(target));
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			FileTree.delete(part);
		}
		AtomicFile.syncFolder(target.getParent());
	}

	/**
	 * Why a folder must not be trusted, in words: not there, never finished, or a file missing, cut, altered or not
	 * readable. Empty if it is complete. Files that were added later are no damage.
	 */
	public static Optional<String> damage(final Path folder) {
		if (!Files.isDirectory(folder)) return Optional.of(folder + " is not a folder");
		final Path seal = folder.resolve(SEAL);
		if (!Files.isRegularFile(seal)) return Optional.of(folder + " was never finished: it has no " + SEAL);
		try {
			final Map<String, Entry> files = Json.read(seal, Seal.class).files;
			if (files == null || files.containsValue(null)) return Optional.of(seal + " lists no files");
			for (final Map.Entry<String, Entry> file : files.entrySet()) {
				final Optional<String> damage = damage(folder.resolve(file.getKey()), file.getValue());
				if (damage.isPresent()) return damage;
			}
			return Optional.empty();
		}
		catch (final IOException | InvalidPathException e) {
			return Optional.of(e.getMessage());
		}
	}

	private static Optional<String> damage(final Path file, final Entry expected) throws IOException {
		if (!Files.isRegularFile(file)) return Optional.of(file + " is missing");
		final long bytes = Files.size(file);
		if (bytes != expected.bytes) return Optional.of(file + " has " + bytes + " bytes, not " + expected.bytes);
		return Sha256.of(file).equals(expected.sha256) ? Optional.empty() : Optional.of(file + " was altered");
	}

	private static void seal(final Path folder) throws IOException {
		final Map<String, Entry> entries = new TreeMap<>();
		for (final Path file : FileTree.files(folder)) {
			FileTree.sync(file);
			AtomicFile.syncFolder(file.getParent());
			final String name = folder.relativize(file).toString().replace('\\', '/');
			entries.put(name, new Entry(Files.size(file), Sha256.of(file)));
		}
		if (entries.isEmpty()) throw new IOException("Nothing was written into " + folder);
		Json.write(folder.resolve(SEAL), new Seal(entries));
	}

	private static Path firstFree(final Path folder) {
		int n = 1;
		while (Files.exists(folder.resolveSibling(folder.getFileName() + ".damaged-" + n))) n++;
		return folder.resolveSibling(folder.getFileName() + ".damaged-" + n);
	}
}
