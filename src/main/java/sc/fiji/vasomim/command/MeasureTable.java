package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import ij.measure.ResultsTable;

import sc.fiji.vasomim.files.AtomicFile;

/**
 * Rows of measures, to be shown or written.
 *
 * @param rows cells in the order of the headings: numbers or text
 */
record MeasureTable(List<String> headings, List<List<Object>> rows) {

	/** Adds the rows to a window that all runs share, where there is a display. */
	void show(final String window) {
		if (GraphicsEnvironment.isHeadless()) return;
		final ResultsTable shown = ResultsTable.getResultsTable(window);
		addTo(shown == null ? new ResultsTable() : shown).show(window);
	}

	ResultsTable addTo(final ResultsTable table) {
		table.setPrecision(4);
		for (final List<Object> row : rows) {
			table.addRow();
			for (int i = 0; i < row.size(); i++) {
				final Object cell = row.get(i);
				if (cell instanceof Number) table.addValue(headings.get(i), ((Number) cell).doubleValue());
				else table.addValue(headings.get(i), cell.toString());
			}
		}
		return table;
	}

	/** Writes a CSV file (RFC 4180, UTF-8). */
	void write(final Path file) throws IOException {
		final StringBuilder text = new StringBuilder(line(headings));
		rows.forEach(row -> text.append(line(row)));
		AtomicFile.write(file, text.toString());
	}

	private static String line(final List<?> cells) {
		return cells.stream().map(MeasureTable::quote).collect(Collectors.joining(",", "", "\r\n"));
	}

	private static String quote(final Object cell) {
		final String text = cell.toString();
		return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
	}
}
