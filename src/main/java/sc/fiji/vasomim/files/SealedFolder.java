package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

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
	 * Why a folder must not be trusted, in words: not there, never finished, or a file missing, cut or altered. Empty if
	 * it is complete. Files that were added later are no damage.
	 *
	 * @throws IOException if that can't be told, because the disk or the network refuses: the folder may be sound
	 */
	public static Optional<String> damage(final Path folder) throws IOException {
		if (!is(folder, BasicFileAttributes::isDirectory)) return Optional.of(folder + " is not a folder");
		final Path seal = folder.resolve(SEAL);
		if (!isSealed(folder)) return Optional.of(folder + " was never finished: it has no " + SEAL);
		final byte[] text = Files.readAllBytes(seal);
		final Map<Path, Entry> files = new TreeMap<>();
		try {
			Json.parse(new String(text, StandardCharsets.UTF_8), Seal.class).files.forEach((name, entry) -> files.put(folder
				.resolve(name), Objects.requireNonNull(entry)));
		}
		catch (final IOException | NullPointerException | InvalidPathException e) {
			return Optional.of(seal + " lists no files: " + e.getMessage());
		}
		for (final Map.Entry<Path, Entry> file : files.entrySet()) {
			final Optional<String> damage = damage(file.getKey(), file.getValue());
			if (damage.isPresent()) return damage;
		}
		return Optional.empty();
	}

	private static Optional<String> damage(final Path file, final Entry expected) throws IOException {
		if (!is(file, BasicFileAttributes::isRegularFile)) return Optional.of(file + " is missing");
		final long bytes = Files.size(file);
		if (bytes != expected.bytes) return Optional.of(file + " has " + bytes + " bytes, not " + expected.bytes);
		return Sha256.of(file).equals(expected.sha256) ? Optional.empty() : Optional.of(file + " was altered");
	}

	/** Whether it was finished; what has become of its files since is not looked at. */
	public static boolean isSealed(final Path folder) throws IOException {
		return is(folder.resolve(SEAL), BasicFileAttributes::isRegularFile);
	}

	/** {@code Files.isRegularFile} and its like take what they may not look at for missing. */
	private static boolean is(final Path path, final Predicate<BasicFileAttributes> kind) throws IOException {
		try {
			return kind.test(Files.readAttributes(path, BasicFileAttributes.class));
		}
		catch (final NoSuchFileException e) {
			return false;
		}
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
