package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import ij.measure.ResultsTable;

import sc.fiji.vasomim.files.Csv;

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

	/** Opens a window of its own, where there is a display. */
	void open(final String window) {
		if (!GraphicsEnvironment.isHeadless()) addTo(new ResultsTable()).show(window);
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
		Csv.write(file, headings, rows);
	}
}
