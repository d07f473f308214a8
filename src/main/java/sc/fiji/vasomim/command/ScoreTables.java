package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.util.List;

import ij.measure.ResultsTable;

import sc.fiji.vasomim.evaluation.Evaluation;
import sc.fiji.vasomim.evaluation.ImageScores;
import sc.fiji.vasomim.evaluation.ScoreFiles;
import sc.fiji.vasomim.evaluation.ScoreSummary;
import sc.fiji.vasomim.metrics.MaskScores;

/** Scores as two tables: of each image, and their means and standard deviations. All are fractions of 1. */
final class ScoreTables {

	private static final String UNIT = " (0-1)";

	private ScoreTables() {}

	/** Replaces the tables of an earlier evaluation, where there is a display. */
	static void show(final Evaluation evaluation) {
		if (GraphicsEnvironment.isHeadless()) return;
		images(evaluation.images()).show("Segmentation Scores");
		summary(evaluation.summary()).show("Segmentation Scores, Mean and Std");
	}

	/** A row for each image and class. */
	static ResultsTable images(final List<ImageScores> images) {
		final ResultsTable table = table();
		for (final ImageScores image : images)
			image.scores().forEach((name, scores) -> {
				table.addRow();
				table.addValue("image", image.image());
				table.addValue("class", name);
				add(table, scores);
			});
		return table;
	}

	/** Two rows for each class: mean and standard deviation. */
	static ResultsTable summary(final List<ScoreSummary> summary) {
		final ResultsTable table = table();
		for (final ScoreSummary of : summary) {
			addRow(table, of, "mean", of.mean());
			addRow(table, of, "std", of.std());
		}
		return table;
	}

	private static void addRow(final ResultsTable table, final ScoreSummary of, final String statistic,
		final MaskScores scores)
	{
		table.addRow();
		table.addValue("class", of.name());
		table.addValue("images", of.count());
		table.addValue("statistic", statistic);
		add(table, scores);
	}

	private static ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(4);
		return table;
	}

	private static void add(final ResultsTable table, final MaskScores scores) {
		final List<Double> cells = ScoreFiles.cells(scores);
		for (int i = 0; i < cells.size(); i++)
			table.addValue(ScoreFiles.MEASURES.get(i) + UNIT, cells.get(i));
	}
}
