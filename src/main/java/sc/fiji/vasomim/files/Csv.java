package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Tables as CSV (RFC 4180, UTF-8). */
public final class Csv {

	private Csv() {}

	/** A row: cells with a comma, a quotation mark or a line's end are quoted. Ends with CR LF. */
	public static String line(final List<?> cells) {
		return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
	}

	/**
	 * Writes a table, at once and atomically.
	 *
	 * @throws IOException if the file cannot be written; an earlier one remains
	 */
	public static void write(final Path file, final List<?> headings, final Iterable<? extends List<?>> rows)
		throws IOException
	{
		AtomicFile.write(file, stream -> {
			stream.write(line(headings).getBytes(StandardCharsets.UTF_8));
			for (final List<?> row : rows)
				stream.write(line(row).getBytes(StandardCharsets.UTF_8));
		});
	}

	private static String cell(final Object cell) {
		final String text = cell.toString();
		return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
	}
}
