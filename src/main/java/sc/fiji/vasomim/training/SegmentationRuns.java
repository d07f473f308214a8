package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import ai.djl.Device;

import sc.fiji.vasomim.batch.PartProgress;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.Twins;
import sc.fiji.vasomim.evaluation.Evaluation;
import sc.fiji.vasomim.evaluation.Evaluator;
import sc.fiji.vasomim.evaluation.ModelPredictions;
import sc.fiji.vasomim.evaluation.ScoreFiles;
import sc.fiji.vasomim.evaluation.ScoreSummary;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Versions;

/**
 * Trains a segmentation network from one seed or several and judges each model on the same held-out images. In the output
 * folder, {@code seed-N} is the run folder of a seed, with its {@code model.safetensors}, and {@code summary.csv} has mean
 * and standard deviation over the seeds.
 */
public final class SegmentationRuns {

	private static final double THRESHOLD = 0.5;

	/**
	 * What is learnt from and judged on.
	 *
	 * @param training images and their truth
	 * @param validation held-out images with the same classes, by which the best epoch is chosen; null for none
	 * @param rule how images become grey
	 */
	public record Data(LabelledImages training, LabelledImages validation, IntensityRule rule) {}

	private final SegmentationSettings settings;

	private final Path start;

	private final Data data;

	private final Path output;

	private final Consumer<String> log;

	/**
	 * @param settings of the first seed; the next ones count up from it
	 * @param start a model file with weights to begin with; null: they are drawn at random
	 * @param output is made if it is missing; finished runs in it are not repeated, interrupted ones go on
	 * @param log where warnings go
	 */
	public SegmentationRuns(final SegmentationSettings settings, final Path start, final Data data, final Path output,
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
	public static void check(final SegmentationSettings settings, final Path start, final Path output, final int seeds)
		throws IOException
	{
		SeedRuns.check(SegmentationTrainer.TASK, settings, start, output, seeds);
	}

	/**
	 * @param seeds how many, at least one
	 * @throws IllegalArgumentException if a setting does not fit the data, or images are both learnt from and judged on
	 */
	public SegmentationRunsResult run(final int seeds, final Progress progress) throws IOException {
		check(settings, start, output, seeds);
		SegmentationLoader.requireBatch(settings.batch(), data.training.samples().size());
		Files.createDirectories(output);
		final List<TrainingResult> runs = new ArrayList<>();
		final List<List<ScoreSummary>> scores = new ArrayList<>();
		try (PixelCache training = cache("training", data.training, new PartProgress(progress, 0, 40, "training images"));
				PixelCache validation = data.validation == null ? null : cache("validation", data.validation, new PartProgress(
					progress, 40, 50, "validation images")))
		{
			if (validation != null) Twins.requireNone(training, validation);
			SeedRuns.run(settings::withSeed, settings.seed(), seeds, output, 50, progress, (seeded, folder, stage, judging) -> {
				runs.add(SegmentationTrainer.train(seeded, start, training, validation, folder, stage, log));
				if (validation != null) scores.add(judge(folder, seeded, judging));
			});
		}
		final List<ScoreSummary> summary = ScoreSummary.overRuns(scores);
		if (!scores.isEmpty()) ScoreFiles.writeSummary(output, summary);
		return new SegmentationRunsResult(runs, summary);
	}

	private PixelCache cache(final String name, final LabelledImages images, final Progress progress)
		throws IOException
	{
		return PixelCache.open(output.resolve(name + ".vasomim-pixels"), images.samples(), data.rule, progress, log);
	}

	private List<ScoreSummary> judge(final Path folder, final SegmentationSettings seeded, final Progress progress)
		throws IOException
	{
		final Device device = Devices.parse(seeded.device());
		final Precision precision = Precision.parse(seeded.precision(), device);
		try (Weights weights = ModelFile.read("model", folder.resolve(RunFolder.MODEL), SegmentationNetwork.class, device);
				Segmenter segmenter = new Segmenter(weights, precision))
		{
			final Evaluation evaluation = Evaluator.run(data.validation, new ModelPredictions(segmenter, data.rule,
				THRESHOLD), progress, log);
			ScoreFiles.write(folder, evaluation, new Provenance(seeded, Versions.all(), seeded.seed(), Devices.name(device)));
			return evaluation.summary();
		}
	}
}
