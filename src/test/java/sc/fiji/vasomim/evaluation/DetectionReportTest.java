package sc.fiji.vasomim.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.evaluation.DetectionReport.Row;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;
import sc.fiji.vasomim.metrics.TrueBox;

class DetectionReportTest {

	private static final Box BOX = new Box(10, 10, 20, 20);

	@TempDir
	Path folder;

	/**
	 * Class dark: found to the pixel on a, missed on b. At a recall of up to a half precision is 1, which are 51 of COCO's 101
	 * recalls. Class bright: one box, found after a false one of a higher score, so that precision is a half. On c nothing is
	 * drawn, on d neither drawn nor found.
	 */
	private static DetectionReport report() {
		final DetectionReport report = new DetectionReport(List.of("dark", "bright", "unused"));
		report.add("a", List.of(new TrueBox(BOX, 1), new TrueBox(BOX, 2), new TrueBox(new Box(0, 0, 5, 5), 1, true, false)),
			List.of(new Detection(BOX, 1, 0.9), new Detection(BOX, 2, 0.4)));
		report.add("b", List.of(new TrueBox(BOX, 1)), List.of());
		report.add("c", List.of(), List.of(new Detection(BOX, 2, 0.6)));
		report.add("d", List.of(), List.of());
		return report;
	}

	@Test
	void theSummaryIsByClassAndTheirMean() {
		assertEquals(List.of(new Row(DetectionReport.MEAN, 3, 3, (51 / 101. + 0.5) / 2, (51 / 101. + 0.5) / 2, (51 / 101. +
			0.5) / 2), new Row("dark", 2, 1, 51 / 101., 51 / 101., 51 / 101.), new Row("bright", 1, 2, 0.5, 0.5, 0.5)), rounded(
				report().summary()));
	}

	/** COCO's precision is divided by itself plus the smallest double step. */
	private static List<Row> rounded(final List<Row> rows) {
		final double[] known = { 0, 0.5, 51 / 101., (51 / 101. + 0.5) / 2, 1 };
		return rows.stream().map(row -> new Row(row.name(), row.boxes(), row.detections(), near(row.map(), known), near(row
			.map50(), known), near(row.map75(), known))).toList();
	}

	private static double near(final double value, final double[] known) {
		for (final double k : known)
			if (Math.abs(value - k) < 1e-12) return k;
		return value;
	}

	@Test
	void eachImageHasEachClass() {
		final DetectionReport report = report();
		assertEquals(List.of(new Row("dark", 1, 1, 1, 1, 1), new Row("bright", 1, 1, 1, 1, 1)), rounded(report.images().get(
			"a")).subList(0, 2));
		assertEquals(new Row("dark", 1, 0, 0, 0, 0), rounded(report.images().get("b")).get(0));
		assertEquals(List.of("dark", "bright", "unused"), report.images().get("d").stream().map(Row::name).toList());
		final Row none = report.images().get("c").get(1);
		assertEquals(1, none.detections());
		assertTrue(Double.isNaN(none.map()), "nothing was to be found");
	}

	@Test
	void filesHoldTheTables() throws IOException {
		DetectionFiles.write(folder, report(), new Provenance(Map.of(), Map.of(), null, null));
		final List<String> scores = Files.readAllLines(folder.resolve("scores.csv"));
		assertEquals("image,class,boxes,detections,map,map50,map75", scores.get(0));
		assertEquals(1 + 4 * 3, scores.size());
		assertEquals("c,bright,0,1,NaN,NaN,NaN", scores.get(8));
		assertEquals("d,dark,0,0,NaN,NaN,NaN", scores.get(10));
		assertEquals(4, Files.readAllLines(folder.resolve("summary.csv")).size());
		assertTrue(Files.exists(folder.resolve("evaluation.json")));
	}
}
