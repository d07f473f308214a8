package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.util.List;

import ij.measure.ResultsTable;

import sc.fiji.vasomim.checkpoint.ImportReport;

/** What became of each tensor of a checkpoint, as a table. */
final class ImportTable {

	private static final String WINDOW = "Import Checkpoint";

	private ImportTable() {}

	/** Shows the report, where there is a display. */
	static void show(final ImportReport report) {
		if (!GraphicsEnvironment.isHeadless()) of(report).show(WINDOW);
	}

	static ResultsTable of(final ImportReport report) {
		final ResultsTable table = new ResultsTable();
		add(table, "layout", List.of(report.layout() + ", " + report.weights()));
		add(table, "licence", List.of(report.licence()));
		add(table, "resized", report.resized());
		add(table, "folded", report.folded());
		add(table, "missing", report.missing());
		add(table, "unknown", report.unknown());
		add(table, "dropped", report.dropped());
		add(table, "used", report.used());
		return table;
	}

	private static void add(final ResultsTable table, final String what, final List<String> names) {
		for (final String name : names) {
			table.addRow();
			table.addValue("What", what);
			table.addValue("Name", name);
		}
	}
}
