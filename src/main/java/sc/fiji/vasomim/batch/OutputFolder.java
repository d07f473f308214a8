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
	 * Whether an input's outputs may take their places.
	 *
	 * @param earlier what an earlier run wrote for this input; null if nothing
	 * @return the record; as a failure if a place is taken: by another input's output, or by a file that this program did
	 *         not write, or that somebody changed since
	 */
	FileRecord check(final FileRecord record, final FileRecord earlier) throws IOException {
		for (final FileRecord.Output file : record.outputs()) {
			final String reason = taken(file, earlier);
			if (reason != null) return record.failed("cannot write the output " + file.file() + ": " + reason);
		}
		return record;
	}

	/** Null if the place is free. */
	private String taken(final FileRecord.Output file, final FileRecord earlier) throws IOException {
		final Path target = folder.resolve(file.file());
		if (Files.isDirectory(target)) return "there is a folder of that name";
		final String owner = owners.get(key(file));
		if (owner != null) return owner.equals(THE_RUN) ? "the name is reserved" : "it was made from " + owner;
		if (!Files.exists(target)) return null;
		final FileRecord.Output ours = earlier == null ? null : earlier.outputs().stream().filter(o -> o.file().equals(file
			.file())).findFirst().orElse(null);
		if (ours == null) return "a file of that name is there that this program did not write; move it or choose " +
			"another folder";
		return ours.isAsWritten(folder) ? null
			: "it was changed since this program wrote it; move it away to have it made again";
	}

	/**
	 * Makes room for an input's outputs after {@link #check}: removes all that an earlier run wrote for it, under other
	 * names too, but not what somebody changed since.
	 *
	 * @param earlier null if nothing
	 */
	void clear(final FileRecord record, final FileRecord earlier) throws IOException {
		if (record.failure() != null || earlier == null) return;
		for (final FileRecord.Output file : earlier.outputs())
			if (!owners.containsKey(key(file)) && file.isAsWritten(folder)) Files.delete(folder.resolve(file.file()));
	}

	/**
	 * Moves an input's outputs to their place, after {@link #check} and {@link #clear}.
	 *
	 * @param ready the folder in which they lie as they shall in the output
	 * @throws IOException if the disk refuses
	 */
	void publish(final FileRecord record, final Path ready) throws IOException {
		for (final FileRecord.Output file : record.outputs()) {
			final Path target = folder.resolve(file.file());
			Files.createDirectories(target.getParent());
			Files.move(ready.resolve(file.file()), target, StandardCopyOption.ATOMIC_MOVE);
		}
		keep(record);
	}

	private static String key(final FileRecord.Output file) {
		return file.file().toLowerCase(Locale.ROOT);
	}
}
