package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.Sha256;

/**
 * One input of a folder run, up to the point where its outputs lie ready in a folder of their own. Many threads share
 * one instance.
 *
 * @param root the folder that inputs are relative to
 * @param work where the folders of outputs that are being made lie
 * @param settings the hash that results depend on besides the input
 */
record FileTask(Path root, Path output, Path work, OutputNames names, String settings, Ledger ledger, FileJob job) {

	/** The folders of an absolute path that stands alone or in quotes. */
	private static final String FOLDERS = "(?<![^\\s\"'(])(?:[A-Za-z]:)?(?:[/\\\\][^\\s/\\\\\"']+)+[/\\\\]";

	/**
	 * @param ready the folder with the outputs; null if the input was skipped or failed
	 */
	record Outcome(FileRecord record, boolean skipped, double seconds, Path ready) {}

	/**
	 * @param input relative
	 * @return null if the job was stopped
	 * @throws IOException if the disk refuses what every input needs
	 */
	Outcome run(final Path input) throws IOException {
		final long start = System.nanoTime();
		final String name = name(input);
		final String sha256;
		try {
			sha256 = Sha256.of(root.resolve(input));
		}
		catch (final IOException e) {
			final String reason = "cannot read it: " + reason(e, root);
			final FileRecord unread = new FileRecord(name, null, settings, reason, List.of(), null);
			return new Outcome(unread, false, seconds(start), null);
		}
		final FileRecord earlier = ledger.get(name);
		if (earlier != null && isFinished(earlier, sha256)) return new Outcome(earlier, true, seconds(start), null);
		final Path ready = Files.createTempDirectory(Files.createDirectories(work), "file");
		try {
			return new Outcome(work(input, ready, sha256), false, seconds(start), ready);
		}
		catch (final CancellationException e) {
			FileTree.delete(ready);
			return null;
		}
		catch (final Exception | OutOfMemoryError e) {
			FileTree.delete(ready);
			final FileRecord failed = new FileRecord(name, sha256, settings, reason(e, ready), List.of(), null);
			return new Outcome(failed, false, seconds(start), null);
		}
	}

	private static double seconds(final long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	/** A path in the form in which tables name it. */
	static String name(final Path relative) {
		return relative.toString().replace('\\', '/');
	}

	private boolean isFinished(final FileRecord earlier, final String sha256) throws IOException {
		return earlier.failure() == null && sha256.equals(earlier.sha256()) && settings.equals(earlier.settings()) && earlier
			.isAsWritten(output);
	}

	private FileRecord work(final Path input, final Path ready, final String sha256) throws Exception {
		final Path stem = names.stem(input);
		Files.createDirectories(ready.resolve(stem).getParent());
		final Object details = job.run(root.resolve(input), ready.resolve(stem));
		final List<FileRecord.Output> outputs = new ArrayList<>();
		for (final Path file : FileTree.files(ready)) {
			FileTree.sync(file);
			outputs.add(new FileRecord.Output(name(ready.relativize(file)), Files.size(file)));
		}
		if (outputs.isEmpty()) throw new IOException("no output was written");
		// What JSON cannot hold must fail here, not when all is done.
		Json.line(details);
		return new FileRecord(name(input), sha256, settings, null, outputs, details);
	}

	/** One line without the places of this person's disk. */
	private String reason(final Throwable e, final Path ready) {
		String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
		if (e instanceof OutOfMemoryError) text = "the memory that Java may use does not suffice; " + ImageFile.MORE_MEMORY;
		else if (e instanceof FileSystemException && ((FileSystemException) e).getFile() != null) {
			final Path file = Path.of(((FileSystemException) e).getFile());
			text = AtomicFile.reason((FileSystemException) e).replace(file.toString(), String.valueOf(file.getFileName()));
		}
		else if (!(e instanceof IOException || e instanceof IllegalArgumentException)) {
			text = e.getClass().getSimpleName() + ": " + text;
		}
		for (final Path folder : List.of(ready, root, output)) {
			text = text.replace(folder + folder.getFileSystem().getSeparator(), "");
		}
		return text.replaceAll(FOLDERS, "").replaceAll("\\s*[\\r\\n]+\\s*", " ");
	}
}
