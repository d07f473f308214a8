package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import ij.measure.ResultsTable;

import sc.fiji.vasomim.files.AtomicFile;

/** How near reconstructions come to the originals, as a table. */
final class ReconstructionTable {

	/** The one window that all runs add to. */
	private static final String WINDOW = "Reconstructions";

	private ReconstructionTable() {}

	/** Adds the rows to the table's window, where there is a display. */
	static void show(final List<ReconstructionRow> rows) {
		if (GraphicsEnvironment.isHeadless()) return;
		final ResultsTable shown = ResultsTable.getResultsTable(WINDOW);
		add(rows, shown == null ? new ResultsTable() : shown).show(WINDOW);
	}

	static ResultsTable add(final List<ReconstructionRow> rows, final ResultsTable table) {
		table.setPrecision(4);
		for (final ReconstructionRow row : rows) {
			table.addRow();
			for (int i = 0; i < row.cells().size(); i++) {
				final Object cell = row.cells().get(i);
				if (cell instanceof Number) table.addValue(ReconstructionRow.HEADINGS.get(i), ((Number) cell).doubleValue());
				else table.addValue(ReconstructionRow.HEADINGS.get(i), cell.toString());
			}
		}
		return table;
	}

	/** Writes the rows as CSV (RFC 4180, UTF-8). */
	static void write(final Path file, final List<ReconstructionRow> rows) throws IOException {
		final StringBuilder text = new StringBuilder(line(ReconstructionRow.HEADINGS));
		rows.forEach(row -> text.append(line(row.cells())));
		AtomicFile.write(file, text.toString());
	}

	/** A line of CSV (RFC 4180). */
	static String line(final List<?> cells) {
		return cells.stream().map(ReconstructionTable::quote).collect(Collectors.joining(",", "", "\r\n"));
	}

	private static String quote(final Object cell) {
		final String text = cell.toString();
		return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
	}
}
