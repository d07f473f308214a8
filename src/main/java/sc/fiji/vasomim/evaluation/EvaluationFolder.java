package sc.fiji.vasomim.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that an evaluation leaves in its folder, of segmentations as of detections. */
public final class EvaluationFolder {

	/** A row for each image and class. */
	static final String SCORES = "scores.csv";

	/** Over all images. */
	static final String SUMMARY = "summary.csv";

	/** How an evaluation came about. */
	static final String HOW = "evaluation.json";

	private EvaluationFolder() {}

	/**
	 * Refuses to replace the tables of others: a training run of several seeds writes a {@code summary.csv} too.
	 *
	 * @throws IllegalArgumentException if the folder has a table that no evaluation has written
	 */
	public static void requireOwn(final Path folder) {
		for (final String table : List.of(SCORES, SUMMARY))
			if (Files.exists(folder.resolve(table)) && !Files.exists(folder.resolve(HOW))) throw new IllegalArgumentException(
				"output: " + folder + " holds a " + table + " that is no evaluation's. Choose another folder.");
	}
}
