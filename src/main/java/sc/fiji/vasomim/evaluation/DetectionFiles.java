package sc.fiji.vasomim.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.files.Csv;
import sc.fiji.vasomim.files.Json;

/** The files of a {@link DetectionReport}. Tables are CSV (RFC 4180, UTF-8); scores are fractions of 1. */
public final class DetectionFiles {

	/** The headings of {@link #cells}. */
	public static final List<String> HEADINGS = List.of("class", "boxes", "detections", "map", "map50", "map75");

	private DetectionFiles() {}

	/** A row in the order of {@link #HEADINGS}. */
	public static List<Object> cells(final DetectionReport.Row row) {
		return List.of(row.name(), row.boxes(), row.detections(), row.map(), row.map50(), row.map75());
	}

	/** A row for each image and class, the image first. */
	public static List<List<Object>> images(final DetectionReport report) {
		final List<List<Object>> rows = new ArrayList<>();
		report.images().forEach((image, of) -> of.forEach(row -> {
			final List<Object> cells = new ArrayList<>(List.of(image));
			cells.addAll(cells(row));
			rows.add(cells);
		}));
		return rows;
	}

	/** The headings of {@link #images}. */
	public static List<String> imageHeadings() {
		final List<String> headings = new ArrayList<>(List.of("image"));
		headings.addAll(HEADINGS);
		return headings;
	}

	/**
	 * Writes {@code scores.csv}, a row for each image and class; {@code summary.csv}, over all images; and
	 * {@code evaluation.json}, how they came about. Replaces earlier ones.
	 *
	 * @param folder is made if it is missing
	 */
	public static void write(final Path folder, final DetectionReport report, final Provenance provenance)
		throws IOException
	{
		Csv.write(folder.resolve(EvaluationFolder.SCORES), imageHeadings(), images(report));
		Csv.write(folder.resolve(EvaluationFolder.SUMMARY), HEADINGS, report.summary().stream().map(DetectionFiles::cells).toList());
		Json.write(folder.resolve(EvaluationFolder.HOW), provenance);
	}
}
