package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.vasomim.batch.FileRecord;
import sc.fiji.vasomim.batch.Ledger;
import sc.fiji.vasomim.curation.Run.FrameFile;
import sc.fiji.vasomim.dataset.XaLayout;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.Sha256;

/**
 * Which runs are in a set, and as what.
 *
 * @param root the folder of sets
 * @param settings the hash that results depend on besides the source
 */
record RunLedger(Ledger ledger, Path root, String set, String settings) {

	/** @throws IllegalArgumentException if the set has runs that are not in the source */
	void check(final List<Run> runs) {
		final Set<String> vanished = new HashSet<>(ledger.inputs());
		runs.forEach(run -> vanished.remove(run.id()));
		if (!vanished.isEmpty()) throw new IllegalArgumentException("set: " + root.resolve(set) + " was made from " +
			vanished.size() + " runs that are not in the input, such as " + vanished.stream().sorted().limit(3).collect(Collectors.joining(
				", ")) + ". Choose another name for the set, or delete its folders and " + set + ".jsonl in .vasomim.");
	}

	/** Those that need not be read again: up to a patient's first that must be, for duplicates are sought in order. */
	Set<Run> of(final List<Run> runs) throws IOException {
		final Set<Run> finished = new HashSet<>();
		Run previous = null;
		for (final Run run : runs) {
			final boolean first = previous == null || !previous.patient().equals(run.patient());
			if ((first || finished.contains(previous)) && isFinished(run, first ? null : previous)) finished.add(run);
			previous = run;
		}
		return finished;
	}

	private boolean isFinished(final Run run, final Run previous) throws IOException {
		final FileRecord record = ledger.get(run.id());
		if (record == null || record.failure() != null || !settings.equals(record.settings()) || !fingerprint(run, previous)
			.equals(record.sha256())) return false;
		for (final FileRecord.Output file : record.outputs()) {
			final Path path = root.resolve(file.file());
			if (!Files.isRegularFile(path) || Files.size(path) != file.bytes()) return false;
		}
		return true;
	}

	/** Tells without reading them whether a run's files and what came of the patient's earlier runs are the same. */
	private String fingerprint(final Run run, final Run previous) throws IOException {
		final StringBuilder text = new StringBuilder();
		if (previous != null) text.append(ledger.get(previous.id()).sha256()).append(Json.line(ledger.get(previous.id())
			.outputs()));
		for (final FrameFile file : run.files())
			text.append('\n').append(file.source()).append('\t').append(file.number()).append('\t').append(file.key()).append(
				'\t').append(version(file.path()));
		return Sha256.of(text.toString());
	}

	private static String version(final Path file) {
		try {
			return Files.size(file) + "\t" + Files.getLastModifiedTime(file).toMillis();
		}
		catch (final IOException e) {
			return "unreadable";
		}
	}

	/** What became of a run that is in the ledger. */
	RunReport report(final Run run) throws IOException {
		return Json.parse(Json.line(ledger.get(run.id()).details()), RunReport.class);
	}

	/**
	 * Puts a run's images and masks into the set. Old ones go first, then the ledger is told, then the new ones come:
	 * killed in between, the run is worked on again.
	 *
	 * @param previous the patient's run before; null for his first
	 * @param ready the folder in which the files lie as they shall in the set
	 */
	void publish(final Run run, final Run previous, final RunReport report, final Path ready) throws IOException {
		final FileRecord earlier = ledger.get(run.id());
		if (earlier != null) for (final FileRecord.Output file : earlier.outputs())
			Files.deleteIfExists(root.resolve(file.file()));
		final List<FileRecord.Output> outputs = new ArrayList<>();
		for (final RunReport.Row row : report.rows())
			for (final Path file : List.of(XaLayout.image(ready, set, row.name()), XaLayout.mask(ready, set, row.name())))
				outputs.add(new FileRecord.Output(ready.relativize(file).toString().replace('\\', '/'), Files.size(file)));
		final String failure = report.failures().isEmpty() ? null : report.failures().size() + " files could not be read";
		ledger.put(new FileRecord(run.id(), fingerprint(run, previous), settings, failure, outputs, report));
		for (final FileRecord.Output file : outputs) {
			final Path target = root.resolve(file.file());
			Files.createDirectories(target.getParent());
			Files.move(ready.resolve(file.file()), target, StandardCopyOption.ATOMIC_MOVE);
		}
	}

	/** The images of a run that an earlier time put into the set. */
	List<Path> images(final Run run) throws IOException {
		return report(run).rows().stream().map(row -> XaLayout.image(root, set, row.name())).toList();
	}
}
