package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.SealedFolder;

/**
 * What a training run leaves on the disk: {@code settings.json}, {@code log.jsonl} (a line an epoch), the sealed
 * folders {@code step-N}, and in the end {@code model.safetensors}. One process at a time holds a run folder.
 */
final class RunFolder implements AutoCloseable {

	/** The model for use, written when the run ends. */
	static final String MODEL = "model.safetensors";

	/** The model of the epoch with the best score so far, where a run has scores. */
	private static final String BEST = "best.safetensors";

	private static final String SETTINGS = "settings.json";

	static final String LOG = "log.jsonl";

	private static final String STEP = "step-";

	private static final String LOCK = "run.lock";

	/** What may change when a run goes on: it is nothing to the result but rounding; precision is compared resolved. */
	private static final Set<String> FREE = Set.of("settings.device", "settings.saveevery", "settings.keepevery",
		"settings.microbatch", "settings.precision");

	/** Step folders that are kept: should the newest be damaged, there is the one before. */
	private static final int KEPT = 2;

	private final Path folder;

	private final FileChannel lockFile;

	private LongPredicate forGood = step -> false;

	private RunFolder(final Path folder, final FileChannel lockFile) {
		this.folder = folder;
		this.lockFile = lockFile;
	}

	/**
	 * Opens a new run folder, or that of a run with the very same settings and data, to go on with it.
	 *
	 * @param settings all that the run's result depends on, as a record. Where the work is done and how often it is saved
	 *          may differ; of other versions the user is told
	 * @param log where words for the user go
	 * @throws IllegalArgumentException if the folder holds something else, another run, or is in use
	 */
	static RunFolder open(final Path folder, final Object settings, final Consumer<String> log) throws IOException {
		if (folder == null || Files.isRegularFile(folder)) throw new IllegalArgumentException(
			"output: must be a folder for the run, but was " + folder);
		Files.createDirectories(folder);
		requireRunOrEmpty(folder);
		final RunFolder run = new RunFolder(folder, lock(folder));
		try {
			run.checkSettings(settings, log);
		}
		catch (final IOException | RuntimeException e) {
			run.close();
			throw e;
		}
		return run;
	}

	private static FileChannel lock(final Path folder) throws IOException {
		final FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE,
			StandardOpenOption.WRITE);
		FileLock lock = null;
		try {
			lock = file.tryLock();
		}
		catch (final OverlappingFileLockException e) {
			// Held by this very process: as good as held by another.
		}
		if (lock == null) {
			file.close();
			throw new IllegalArgumentException("output: another training run is using " + folder +
				". Wait for it, or choose another folder.");
		}
		return file;
	}

	private static void requireRunOrEmpty(final Path folder) throws IOException {
		if (Files.exists(folder.resolve(SETTINGS))) return;
		try (Stream<Path> files = Files.list(folder)) {
			if (files.anyMatch(f -> !f.getFileName().toString().equals(LOCK))) throw new IllegalArgumentException("output: " +
				folder + " holds files, but no training run. Choose a new or empty folder.");
		}
	}

	private void checkSettings(final Object settings, final Consumer<String> log) throws IOException {
		final Path file = folder.resolve(SETTINGS);
		final boolean begun = Files.exists(folder.resolve(LOG)) || !steps().isEmpty();
		if (!Files.exists(file) || !begun) {
			Json.write(file, settings);
			return;
		}
		final Map<String, String> differences = new TreeMap<>();
		compare("", Json.read(file, JsonObject.class), new Gson().toJsonTree(settings).getAsJsonObject(), differences);
		differences.keySet().removeAll(FREE);
		differences.forEach((key, difference) -> {
			if (key.startsWith("versions.")) log.accept("This run was begun with another version: " + difference +
				"; it goes on, but not to the bit");
		});
		differences.keySet().removeIf(key -> key.startsWith("versions."));
		if (!differences.isEmpty()) throw new IllegalArgumentException("output: " + folder +
			" holds a run with other settings (" + String.join(", ", differences.values()) +
			"). Use the same ones to go on with it, or choose another folder.");
	}

	private static void compare(final String path, final JsonObject before, final JsonObject now,
		final Map<String, String> differences)
	{
		final TreeSet<String> keys = new TreeSet<>(before.keySet());
		keys.addAll(now.keySet());
		for (final String key : keys) {
			final JsonElement a = before.get(key);
			final JsonElement b = now.get(key);
			if (a != null && b != null && a.isJsonObject() && b.isJsonObject()) compare(path + key + ".", a.getAsJsonObject(),
				b.getAsJsonObject(), differences);
			// As text: JSON's numbers are equal as doubles, which takes neighbouring large seeds for one.
			else if (!String.valueOf(a).equals(String.valueOf(b))) differences.put(path + key, path + key +
				" was " + a + ", now " + b);
		}
	}

	/** The newest sound step folder; each damaged one that is passed over is reported. */
	Optional<Path> newestStep(final Consumer<String> warn) throws IOException {
		for (final Path step : steps()) {
			final Optional<String> damage = SealedFolder.damage(step);
			if (damage.isEmpty()) return Optional.of(step);
			warn.accept("Passing over a damaged checkpoint: " + damage.get());
		}
		return Optional.empty();
	}

	/** Step folders, newest first. */
	private List<Path> steps() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> f.getFileName().toString().matches(STEP + "\\d{1,18}")).sorted(Comparator
				.comparingLong(RunFolder::number).reversed()).toList();
		}
	}

	private static long number(final Path step) {
		return Long.parseLong(step.getFileName().toString().substring(STEP.length()));
	}

	/** @param steps whose folders are kept for good, not only while they are among the newest */
	void keep(final LongPredicate steps) {
		forGood = steps;
	}

	Path path() {
		return folder;
	}

	/** Writes the folder of a step, unless it is there already: the same step of the same run holds the same state. */
	void saveStep(final long step, final SealedFolder.Body body) throws IOException {
		try {
			SealedFolder.write(folder.resolve(STEP + step), body);
		}
		catch (final FileAlreadyExistsException e) {
			// Stopped, resumed and stopped again without a step in between.
		}
		for (final Path old : steps().stream().filter(f -> !forGood.test(number(f))).filter(f -> SealedFolder.damage(f)
			.isEmpty()).skip(KEPT).toList())
			FileTree.delete(old);
	}

	Path model() {
		return folder.resolve(MODEL);
	}

	Path best() {
		return folder.resolve(BEST);
	}

	/** Bytes of the log so far. */
	long logLength() throws IOException {
		final Path log = folder.resolve(LOG);
		return Files.exists(log) ? Files.size(log) : 0;
	}

	/** Cuts the log to where it was when a step folder was written. */
	void cutLog(final long length, final Consumer<String> warn) throws IOException {
		if (logLength() < length) warn.accept("The log " + folder.resolve(LOG) + " was shortened: epochs are missing in it");
		try (FileChannel log = openLog()) {
			log.truncate(length);
		}
	}

	void log(final Map<String, Object> line) throws IOException {
		final ByteBuffer bytes = StandardCharsets.UTF_8.encode(Json.line(line) + "\n");
		try (FileChannel log = openLog()) {
			log.position(log.size());
			while (bytes.hasRemaining())
				log.write(bytes);
			log.force(false);
		}
	}

	private FileChannel openLog() throws IOException {
		return FileChannel.open(folder.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
	}

	@Override
	public void close() throws IOException {
		lockFile.close();
	}
}
