package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.LockFile;
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

	private static final String STEP = "step-";

	/** Ends the name of a step folder that is being written or removed. */
	private static final String UNFINISHED = ".tmp";

	private static final String LOCK = "run.lock";

	/** Step folders that are kept: should the newest be damaged, there is the one before. */
	private static final int KEPT = 2;

	private final Path folder;

	private final LockFile lock;

	/** For the user. */
	private final Consumer<String> words;

	private LongPredicate forGood = step -> false;

	private RunFolder(final Path folder, final LockFile lock, final Consumer<String> words) {
		this.folder = folder;
		this.lock = lock;
		this.words = words;
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
		final RunFolder run = new RunFolder(folder, lock(folder), log);
		try {
			final RunSettings own = new RunSettings(folder.resolve(RunSettings.NAME), settings);
			if (run.isBegun()) own.checkSame(log);
			else own.write();
			run.sweep();
			return run;
		}
		catch (final IOException | RuntimeException e) {
			run.close();
			throw e;
		}
	}

	/**
	 * Refuses what {@link #open} would, as far as it can be told before images are decoded for hours. Writes nothing.
	 *
	 * @param known those of the settings that are known by then
	 */
	static void check(final Path folder, final Map<String, Object> known) throws IOException {
		if (!Files.isDirectory(folder)) return;
		requireRunOrEmpty(folder);
		if (!Files.exists(folder.resolve(LOCK))) return;
		try (RunFolder run = new RunFolder(folder, lock(folder), word -> {})) {
			if (run.isBegun()) new RunSettings(folder.resolve(RunSettings.NAME), known).checkPart();
		}
	}

	private static LockFile lock(final Path folder) throws IOException {
		final LockFile lock = LockFile.take(folder.resolve(LOCK));
		if (lock == null) throw new IllegalArgumentException("output: another training run is using " + folder +
			". Wait for it, or choose another folder.");
		return lock;
	}

	/** Whether there is anything that other settings could spoil. */
	private boolean isBegun() throws IOException {
		return log().exists() || !steps().isEmpty();
	}

	private static void requireRunOrEmpty(final Path folder) throws IOException {
		if (Files.exists(folder.resolve(RunSettings.NAME))) return;
		try (Stream<Path> files = Files.list(folder)) {
			// A run that was killed while it wrote its settings has begun nothing.
			if (files.anyMatch(f -> !f.endsWith(LOCK) && !AtomicFile.isUnfinished(f))) throw new IllegalArgumentException(
				"output: " + folder + " holds files, but no training run. Choose a new or empty folder.");
		}
	}

	/** Removes what killed runs had not finished to write or to remove. */
	private void sweep() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			files.filter(f -> AtomicFile.isUnfinished(f) || isStep(f, UNFINISHED)).forEach(this::remove);
		}
	}

	/** What can't be removed takes room, but is no reason to end a run. */
	private void remove(final Path file) {
		try {
			FileTree.delete(file);
		}
		catch (final IOException e) {
			words.accept("Cannot remove " + file + ", which is of no more use: " + AtomicFile.reason(e));
		}
	}

	/**
	 * The newest sound step folder; empty if there is no step folder. Damaged ones that are passed over are reported.
	 *
	 * @throws IllegalArgumentException if there are step folders, but none is sound: to begin anew is the user's choice
	 * @throws IOException if one can't be read, but may be sound
	 */
	Optional<Path> newestStep() throws IOException {
		final List<String> damages = new ArrayList<>();
		for (final Path step : steps()) {
			final Optional<String> damage = damage(step);
			if (damage.isEmpty()) {
				if (!damages.isEmpty()) words.accept("Passing over damaged step folders (" + String.join("; ", damages) +
					") and going back to " + step.getFileName());
				return Optional.of(step);
			}
			damages.add(damage.get());
		}
		if (!damages.isEmpty()) throw new IllegalArgumentException("output: no step folder of the run in " + folder +
			" is sound (" + String.join("; ", damages) + "). Bring one back from a copy, or choose another folder to begin anew.");
		return Optional.empty();
	}

	private static Optional<String> damage(final Path step) throws IOException {
		try {
			return SealedFolder.damage(step);
		}
		catch (final IOException e) {
			throw new IOException("Cannot read " + step + ": " + AtomicFile.reason(e) + ". Nothing is lost by that: make it " +
				"readable, or move it elsewhere to go on from the step folder before.", e);
		}
	}

	/** Step folders, newest first. */
	private List<Path> steps() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> isStep(f, "")).sorted(Comparator.comparingLong(RunFolder::number).reversed()).toList();
		}
	}

	private static boolean isStep(final Path file, final String ending) {
		return file.getFileName().toString().matches(STEP + "\\d{1,18}" + ending.replace(".", "\\."));
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
		// Those of later steps were passed over because they are damaged: no reason to remove a sound one.
		final List<Path> sealed = new ArrayList<>();
		for (final Path old : steps())
			if (number(old) <= step && !forGood.test(number(old)) && SealedFolder.isSealed(old)) sealed.add(old);
		for (final Path old : sealed.subList(Math.min(KEPT, sealed.size()), sealed.size()))
			removeStep(old);
	}

	private void removeStep(final Path step) {
		final Path going = step.resolveSibling(step.getFileName() + UNFINISHED);
		try {
			// First, for half of a step folder would be taken for a damaged one.
			Files.move(step, going, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final IOException e) {
			words.accept("Cannot remove the old " + step + ": " + AtomicFile.reason(e));
			return;
		}
		remove(going);
	}

	Path model() {
		return folder.resolve(MODEL);
	}

	Path best() {
		return folder.resolve(BEST);
	}

	RunLog log() {
		return new RunLog(folder, words);
	}

	@Override
	public void close() throws IOException {
		lock.close();
	}
}
