package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import sc.fiji.vasomim.files.Csv;

/** A row for each image of a set, as CSV (RFC 4180, UTF-8): name, source, patient, run, frame, vessel. */
final class SetTable {

	private SetTable() {}

	static void write(final Path file, final List<RunReport> reports) throws IOException {
		Csv.write(file, List.of("name", "source", "patient", "run", "frame", "vessel"), () -> reports.stream().flatMap(
			report -> report.rows().stream()).map(SetTable::cells).iterator());
	}

	private static List<?> cells(final RunReport.Row row) {
		return List.of(row.name(), row.source(), row.patient(), row.run(), row.frame(), String.format(Locale.ROOT, "%.3f",
			row.vessel()));
	}
}
