package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.dataset.HeldOut;
import sc.fiji.vasomim.dataset.Twins;
import sc.fiji.vasomim.evaluation.DetectionFiles;
import sc.fiji.vasomim.evaluation.DetectionReport;
import sc.fiji.vasomim.evaluation.DetectionReport.Row;
import sc.fiji.vasomim.evaluation.DetectionValidation;
import sc.fiji.vasomim.files.Csv;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Versions;

/**
 * Trains a detector from one seed or several and judges each model on the same held-out images. In the output folder,
 * {@code seed-N} is the run folder of a seed, with its {@code model.safetensors} and scores, and {@code summary.csv} has
 * each seed's scores, their mean and their standard deviation.
 */
public final class DetectionRuns {

	private final DetectionSettings settings;

	private final Path start;

	private final HeldOut data;

	private final Path output;

	private final Consumer<String> log;

	/**
	 * @param settings of the first seed; the next ones count up from it
	 * @param start a model file with weights to begin with; null: they are drawn at random
	 * @param output is made if it is missing; finished runs in it are not repeated, interrupted ones go on
	 * @param log where warnings go
	 */
	public DetectionRuns(final DetectionSettings settings, final Path start, final HeldOut data, final Path output,
		final Consumer<String> log)
	{
		this.settings = settings;
		this.start = start;
		this.data = data;
		this.output = output;
		this.log = log;
	}

	/**
	 * Refuses what {@link #run} would, as far as it can be told before images are read. Writes nothing.
	 *
	 * @param settings of the first seed, whatever the classes
	 * @param start as in the constructor, as is the output
	 * @param seeds how many
	 */
	public static void check(final DetectionSettings settings, final Path start, final Path output, final int seeds)
		throws IOException
	{
		SeedRuns.check(DetectionTrainer.TASK, settings, start, output, seeds);
	}

	/**
	 * @param seeds how many, at least one
	 * @throws IllegalArgumentException if a setting does not fit the data, or images are both learnt from and judged on
	 */
	public DetectionRunsResult run(final int seeds, final Progress progress) throws IOException {
		check(settings, start, output, seeds);
		Twins.requireNone(data.training(), data.validation());
		Files.createDirectories(output);
		final List<TrainingResult> runs = new ArrayList<>();
		final List<List<Row>> scores = new ArrayList<>();
		SeedRuns.run(settings::withSeed, settings.seed(), seeds, output, 0, progress, (seeded, folder, training, judging) -> {
			runs.add(DetectionTrainer.train(seeded, start, data.training(), data.validation(), folder, training, log));
			scores.add(judge(folder, seeded, judging));
		});
		writeSummary(scores);
		return new DetectionRunsResult(runs, scores);
	}

	private List<Row> judge(final Path folder, final DetectionSettings seeded, final Progress progress)
		throws IOException
	{
		final Device device = Devices.parse(seeded.device());
		final Precision precision = Precision.parse(seeded.precision(), device);
		try (Weights weights = ModelFile.read("model", folder.resolve(RunFolder.MODEL), FasterRcnn.class, device);
				Detector detector = new Detector(weights, precision))
		{
			final DetectionReport report = DetectionValidation.report(detector, data.validation(), progress);
			DetectionFiles.write(folder, report, new Provenance(seeded, Versions.all(), seeded.seed(), Devices.name(device)));
			return report.summary();
		}
	}

	/** Of each seed the first row, which models are compared by. */
	private void writeSummary(final List<List<Row>> scores) throws IOException {
		final List<Row> first = scores.stream().map(rows -> rows.get(0)).toList();
		final List<List<Object>> table = new ArrayList<>();
		for (int i = 0; i < first.size(); i++)
			table.add(List.of("seed " + (settings.seed() + i), first.get(i).map(), first.get(i).map50(), first.get(i).map75()));
		table.add(List.of("mean", mean(first, Row::map), mean(first, Row::map50), mean(first, Row::map75)));
		table.add(List.of("std", deviation(first, Row::map), deviation(first, Row::map50), deviation(first, Row::map75)));
		Csv.write(output.resolve("summary.csv"), List.of("run", "map", "map50", "map75"), table);
	}

	private static double mean(final List<Row> rows, final ToDoubleFunction<Row> score) {
		return rows.stream().mapToDouble(score).average().orElseThrow();
	}

	/** With count - 1: NaN of a single run. */
	private static double deviation(final List<Row> rows, final ToDoubleFunction<Row> score) {
		final double mean = mean(rows, score);
		return Math.sqrt(rows.stream().mapToDouble(row -> Math.pow(score.applyAsDouble(row) - mean, 2)).sum() / (rows.size() -
			1));
	}
}
