package sc.fiji.vasomim.batch;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import sc.fiji.vasomim.files.Csv;

/** A row for each input in order, as CSV (RFC 4180, UTF-8): input, status, reason, seconds, outputs. */
final class StatusTable implements Closeable {

	private final BufferedWriter writer;

	StatusTable(final Path file) throws IOException {
		writer = Files.newBufferedWriter(file);
		row("input", "status", "reason", "seconds", "outputs");
	}

	/** @param seconds how long it took; the outputs are separated by semicolons */
	void add(final String status, final double seconds, final FileRecord record) throws IOException {
		final String outputs = record.outputs().stream().map(FileRecord.Output::file).collect(Collectors.joining(";"));
		row(record.input(), status, record.failure() == null ? "" : record.failure(),
			String.format(Locale.ROOT, "%.3f", seconds), outputs);
	}

	@Override
	public void close() throws IOException {
		writer.close();
	}

	private void row(final String... cells) throws IOException {
		writer.write(Csv.line(List.of(cells)));
	}
}
