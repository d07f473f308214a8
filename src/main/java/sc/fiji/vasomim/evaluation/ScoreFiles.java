package sc.fiji.vasomim.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.files.Csv;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.metrics.MaskScores;

/**
 * An evaluation's files. Tables are CSV (RFC 4180, UTF-8); scores are fractions of 1 with all their digits. What is
 * undefined, the deviation of a single image, is {@code NaN}.
 */
public final class ScoreFiles {

	/** The measures, in the order of {@link #cells}. */
	public static final List<String> MEASURES = List.of("dice", "iou", "precision", "recall", "cldice",
		"topologyprecision", "topologysensitivity");

	private ScoreFiles() {}

	/** The scores in the order of {@link #MEASURES}, 0..1. */
	public static List<Double> cells(final MaskScores scores) {
		return List.of(scores.dice(), scores.iou(), scores.precision(), scores.recall(), scores.clDice(), scores
			.topologyPrecision(), scores.topologySensitivity());
	}

	/**
	 * Writes {@code scores.csv}, a row for each image and class; {@code summary.csv}, a row for each class, with the mean
	 * and standard deviation of each measure; and {@code evaluation.json}, how they came about. Replaces earlier ones.
	 *
	 * @param folder is made if it is missing
	 */
	public static void write(final Path folder, final Evaluation evaluation, final Provenance provenance)
		throws IOException
	{
		Csv.write(folder.resolve(EvaluationFolder.SCORES), row(List.of("image", "class"), MEASURES), images(evaluation.images()));
		writeSummary(folder, evaluation.summary());
		Json.write(folder.resolve(EvaluationFolder.HOW), provenance);
	}

	/** Writes {@code summary.csv} alone. */
	public static void writeSummary(final Path folder, final List<ScoreSummary> summary) throws IOException {
		final List<Object> headings = row(row(List.of("class", "images"), MEASURES), MEASURES.stream().map(name -> name +
			"std").toList());
		Csv.write(folder.resolve(EvaluationFolder.SUMMARY), headings, summary(summary));
	}

	private static List<List<?>> images(final List<ImageScores> images) {
		final List<List<?>> rows = new ArrayList<>();
		for (final ImageScores image : images)
			image.scores().forEach((name, scores) -> rows.add(row(List.of(image.image(), name), cells(scores))));
		return rows;
	}

	private static List<List<?>> summary(final List<ScoreSummary> summary) {
		final List<List<?>> rows = new ArrayList<>();
		for (final ScoreSummary s : summary)
			rows.add(row(row(List.of(s.name(), s.count()), cells(s.mean())), cells(s.std())));
		return rows;
	}

	private static List<Object> row(final List<?> first, final List<?> rest) {
		final List<Object> row = new ArrayList<>(first);
		row.addAll(rest);
		return row;
	}
}
