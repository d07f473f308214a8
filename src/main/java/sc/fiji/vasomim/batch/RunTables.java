package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.Csv;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.NaturalOrder;

/**
 * The tables in an output folder: manifest, status, and what jobs wrote, joined. They tell of every input whose outputs
 * are there, also of those that this run was not asked to look at, or whose file is gone.
 *
 * @param root the folder that inputs are relative to
 * @param joined besides manifest and status
 * @param settled the rows of the status table of this run's inputs
 */
record RunTables(Path root, Path output, List<JoinedTable> joined, Map<String, List<String>> settled) {

	/** How the manifest begins. */
	private record Head(int format, Provenance provenance, String settings) {}

	private static final int FORMAT_VERSION = 1;

	private static final String MANIFEST = "manifest.json";

	private static final String END_OF_LINE = "\r\n";

	RunTables(final Path root, final Path output, final List<JoinedTable> joined) {
		this(root, output, joined, new HashMap<>());
	}

	/** The files' names. */
	List<String> names() {
		final List<String> names = new ArrayList<>(List.of(MANIFEST, FolderRun.STATUS));
		joined.forEach(table -> names.add(table.name()));
		return names;
	}

	/** @throws IllegalArgumentException if one of the files is there already */
	void requireNone() {
		for (final String name : names()) {
			final Path file = output.resolve(name);
			if (Files.exists(file)) throw new IllegalArgumentException("output: " + file +
				" is from another program; choose another folder");
		}
	}

	/** @param word done, skipped or failed */
	void settle(final String word, final double seconds, final FileRecord record) {
		settled.put(record.input(), row(word, String.format(Locale.ROOT, "%.3f", seconds), record));
	}

	/** Writes all tables, in natural order of the inputs. */
	void write(final Ledger ledger, final Provenance provenance) throws IOException {
		final Map<String, List<String>> rows = rows(ledger);
		Csv.write(output.resolve(FolderRun.STATUS), List.of("input", "status", "reason", "seconds", "outputs"), rows
			.values());
		AtomicFile.write(output.resolve(MANIFEST), stream -> writeManifest(stream, rows.keySet(), ledger, provenance));
		for (final JoinedTable table : joined)
			AtomicFile.write(output.resolve(table.name()), stream -> join(stream, table, rows.keySet(), ledger));
	}

	private Map<String, List<String>> rows(final Ledger ledger) throws IOException {
		final Map<String, List<String>> rows = new LinkedHashMap<>();
		for (final Path path : ledger.inputs().stream().map(Path::of).sorted(new NaturalOrder()).toList()) {
			final String input = FileTask.name(path);
			final List<String> row = settled.containsKey(input) ? settled.get(input) : earlier(ledger.get(input));
			if (row != null) rows.put(input, row);
		}
		return rows;
	}

	/** Null if neither the input nor what was made of it is there any more. */
	private List<String> earlier(final FileRecord record) throws IOException {
		final boolean vanished = !Files.exists(root.resolve(record.input()));
		final boolean whole = isWhole(record);
		if (vanished && !whole) return null;
		return row(record.failure() != null ? "failed" : !whole ? "removed" : vanished ? "vanished" : "earlier", "", record);
	}

	private boolean isWhole(final FileRecord record) throws IOException {
		return record.failure() == null && record.isAsWritten(output);
	}

	/** The outputs are separated by semicolons. */
	private static List<String> row(final String word, final String seconds, final FileRecord record) {
		return List.of(record.input(), word, record.failure() == null ? "" : record.failure(), seconds, record.outputs()
			.stream().map(FileRecord.Output::file).collect(Collectors.joining(";")));
	}

	/** The head, then the inputs, one a line. */
	private static void writeManifest(final OutputStream stream, final Set<String> inputs, final Ledger ledger,
		final Provenance provenance) throws IOException
	{
		final Head head = new Head(FORMAT_VERSION, provenance, provenance.sha256());
		write(stream, Json.line(head).replaceFirst("}$", ",\"files\":["));
		String separator = "\n";
		for (final String input : inputs) {
			write(stream, separator + Json.line(ledger.get(input)));
			separator = ",\n";
		}
		write(stream, "\n]}\n");
	}

	private void join(final OutputStream stream, final JoinedTable table, final Set<String> inputs, final Ledger ledger)
		throws IOException
	{
		write(stream, Csv.line(table.headings()));
		for (final String input : inputs) {
			final FileRecord record = ledger.get(input);
			if (!isWhole(record)) continue;
			for (final FileRecord.Output file : record.outputs()) {
				if (!file.file().endsWith(table.ending())) continue;
				final String text = Files.readString(output.resolve(file.file()));
				write(stream, text.substring(text.indexOf(END_OF_LINE) + END_OF_LINE.length()));
			}
		}
	}

	private static void write(final OutputStream stream, final String text) throws IOException {
		stream.write(text.getBytes(StandardCharsets.UTF_8));
	}
}
