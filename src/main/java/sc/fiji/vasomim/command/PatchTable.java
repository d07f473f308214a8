package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

import ij.measure.ResultsTable;

import sc.fiji.vasomim.files.Csv;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchMask;

/** A row for each patch: where it lies, how it is guided, and what became of it. */
final class PatchTable {

	/**
	 * Planes count from 1; patches from 0 in raster order, as columns and rows. x and y are a patch's upper left corner
	 * in px of the image. vessel: whether the filter's mask has a pixel there. The last three are 0 or 1.
	 */
	private static final List<String> HEADINGS = List.of("plane", "patch", "column", "row", "x", "y", "map_sum",
		"probability", "vessel", "masked", "guided");

	private final List<double[]> rows = new ArrayList<>();

	/** @param width of the image in px, however the network saw it */
	void add(final int plane, final int width, final int height, final PatchGuidance guide, final PatchMask mask) {
		final int columns = guide.grid().columns();
		final int rowCount = guide.grid().rows();
		final double[] sums = guide.mapSums();
		final boolean[] vessel = guide.vessel();
		for (int patch = 0; patch < guide.grid().patches(); patch++) {
			final int column = patch % columns;
			final int row = patch / columns;
			rows.add(new double[] { plane, patch, column, row, (double) column * width / columns, (double) row * height /
				rowCount,
				sums[patch], guide.distribution()[patch], bit(vessel[patch]), bit(mask.masked()[patch]), bit(mask
					.guided()[patch]) });
		}
	}

	private static double bit(final boolean value) {
		return value ? 1 : 0;
	}

	ResultsTable toResults() {
		final ResultsTable table = new ResultsTable();
		for (final double[] row : rows) {
			table.addRow();
			for (int i = 0; i < row.length; i++)
				table.addValue(HEADINGS.get(i), row[i]);
		}
		table.setDecimalPlaces(HEADINGS.indexOf("probability"), 6);
		return table;
	}

	/** RFC 4180, a heading line first. */
	String toCsv() {
		return Csv.line(HEADINGS) + rows.stream().map(row -> Csv.line(DoubleStream.of(row).mapToObj(PatchTable::text)
			.toList())).collect(Collectors.joining());
	}

	private static String text(final double value) {
		return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.6f", value);
	}
}
