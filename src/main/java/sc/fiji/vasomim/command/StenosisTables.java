package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import ij.measure.ResultsTable;

import sc.fiji.vasomim.files.AtomicFile;

/** Lesions and diameter profiles as tables. */
final class StenosisTables {

	/** The one window that all runs add their lesions to. */
	private static final String LESIONS = "Stenoses";

	private StenosisTables() {}

	/** Adds the lesions to their window and opens one for the profiles, where there is a display. */
	static void show(final StenosisResults results) {
		if (GraphicsEnvironment.isHeadless()) return;
		final ResultsTable shown = ResultsTable.getResultsTable(LESIONS);
		add(StenosisRow.headings(results.size().unit()), results.rows().stream().map(StenosisRow::cells).toList(),
			shown == null ? new ResultsTable() : shown).show(LESIONS);
		add(results.profileHeadings(), results.profiles(), new ResultsTable()).show("Diameters of " + results.image()
			.getTitle());
	}

	static ResultsTable add(final List<String> headings, final List<List<Object>> rows, final ResultsTable table) {
		table.setPrecision(3);
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

	/** Writes a table as CSV (RFC 4180, UTF-8). */
	static void write(final Path file, final List<String> headings, final List<List<Object>> rows) throws IOException {
		final StringBuilder text = new StringBuilder(ReconstructionTable.line(headings));
		rows.forEach(row -> text.append(ReconstructionTable.line(row)));
		AtomicFile.write(file, text.toString());
	}
}
