package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where outputs end up. Sees to it that no input's output takes the place of another's. For one thread. */
final class OutputFolder {

	/** The run itself, as the owner of its own files. */
	private static final String THE_RUN = "";

	private final Path folder;

	/** Which input an output was made from, by the output's name regardless of capitals. */
	private final Map<String, String> owners = new HashMap<>();

	/** @param reserved names in the folder that no output may have */
	OutputFolder(final Path folder, final List<String> reserved) {
		this.folder = folder;
		for (final String name : reserved) owners.put(name, THE_RUN);
	}

	/** Remembers outputs that are there already. */
	void keep(final FileRecord record) {
		for (final FileRecord.Output file : record.outputs()) owners.put(key(file), record.input());
	}

	/**
	 * Moves an input's outputs to their place.
	 *
	 * @param ready the folder in which they lie as they shall in the output
	 * @return the record; as a failure if a place is taken, in which case nothing was moved
	 * @throws IOException if the disk refuses
	 */
	FileRecord publish(final FileRecord record, final Path ready) throws IOException {
		for (final FileRecord.Output file : record.outputs()) {
			final String owner = owners.get(key(file));
			final boolean isFolder = Files.isDirectory(folder.resolve(file.file()));
			if (owner == null && !isFolder) continue;
			final String reason = isFolder ? "there is a folder of that name"
				: owner.equals(THE_RUN) ? "the name is reserved" : "it was made from " + owner;
			return record.failed("cannot write the output " + file.file() + ": " + reason);
		}
		for (final FileRecord.Output file : record.outputs()) {
			final Path target = folder.resolve(file.file());
			Files.createDirectories(target.getParent());
			Files.move(ready.resolve(file.file()), target, StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
		}
		keep(record);
		return record;
	}

	private static String key(final FileRecord.Output file) {
		return file.file().toLowerCase(Locale.ROOT);
	}
}
