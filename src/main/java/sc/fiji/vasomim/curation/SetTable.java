package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import sc.fiji.vasomim.files.AtomicFile;

/** A row for each image of a set, as CSV (RFC 4180, UTF-8): name, source, patient, run, frame, vessel. */
final class SetTable {

	private SetTable() {}

	static void write(final Path file, final List<RunReport> reports) throws IOException {
		AtomicFile.write(file, stream -> {
			stream.write("name,source,patient,run,frame,vessel\r\n".getBytes(StandardCharsets.UTF_8));
			for (final RunReport report : reports)
				for (final RunReport.Row row : report.rows())
					stream.write(String.format(Locale.ROOT, "%s,%s,%s,%s,%d,%.3f\r\n", row.name(), quote(row.source()), row
						.patient(), row.run(), row.frame(), row.vessel()).getBytes(StandardCharsets.UTF_8));
		});
	}

	/** A path may hold anything; all else is letters and digits. */
	private static String quote(final String cell) {
		return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
	}
}
