package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;
import org.scijava.widget.NumberWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.evaluation.Evaluation;
import sc.fiji.vasomim.evaluation.EvaluationFolder;
import sc.fiji.vasomim.evaluation.EvaluationResult;
import sc.fiji.vasomim.evaluation.Evaluator;
import sc.fiji.vasomim.evaluation.ModelPredictions;
import sc.fiji.vasomim.evaluation.SavedPredictions;
import sc.fiji.vasomim.evaluation.ScoreFiles;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.files.SoftwareVersion;
import sc.fiji.vasomim.inference.SegmentedPlane;
import sc.fiji.vasomim.inference.SegmenterSettings;

/** Scores of segmentations against drawn truth: of masks and labels that lie in a folder, or of a model. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Segmentation>Evaluate Segmentation...",
	label = "Evaluate Segmentation", headless = true,
	description = "Dice, clDice, precision and recall of predictions, or of a model, against drawn truth. For research use only, not for diagnosis.")
public class EvaluateSegmentation extends VasoMIMCommand {

	@Parameter(label = "<html><b>Data</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String datahead = "";

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included; each of them counts")
	private File images;

	@Parameter(label = "Truth", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "Folder of masks, label images or ROIs under the same file names, or a COCO .json file")
	private File truth;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for scores.csv, summary.csv and evaluation.json; those of an earlier evaluation are replaced")
	private File output;

	@Parameter(label = "Join classes as (empty: apart)", persist = false,
		description = "Name of one class that all classes of the labels become, such as vessel; empty: they are kept apart")
	private String join = "";

	@Parameter(label = "<html><b>Judged</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String judgedhead = "";

	@Parameter(label = "Predictions (empty: a model's)", style = FileWidget.DIRECTORY_STYLE, required = false,
		persist = false,
		description = "Folder of masks, label images or ROIs under the same file names; empty if a model predicts")
	private File predictions;

	@Parameter(label = "Model (empty: bundled)", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file of a segmentation network; empty: the predictions or, without them, the bundled model. Threshold and what follows are for models")
	private File model;

	@Parameter(label = "Threshold", style = NumberWidget.SPINNER_STYLE + "," + DECIMALS, min = "0", max = "1",
		stepSize = "0.05", persist = false,
		description = "Least probability of a vessel's pixel, with a model of one class; of several, the most probable counts")
	private double threshold = SegmentedPlane.THRESHOLD;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = "auto";

	/** How predictions were made. */
	private record Used(String predictions, Double threshold, IntensityRule.Polarity vessels, String precision,
		String join)
	{}

	@Override
	protected EvaluationResult execute(final Progress progress) throws IOException {
		final Path folder = FileParameter.folder("output", output);
		if (FileParameter.isGiven(predictions) && FileParameter.isGiven(model)) throw new IllegalArgumentException(
			"model: give either predictions or a model, but both are given");
		EvaluationFolder.requireOwn(folder);
		return FileParameter.isGiven(predictions) ? ofFiles(folder, progress) : ofModel(folder, progress);
	}

	private EvaluationResult ofFiles(final Path folder, final Progress progress) throws IOException {
		final String why = "is for models only, and predictions are given";
		ParameterLimits.requireUsed("threshold", threshold == SegmentedPlane.THRESHOLD, why);
		ParameterLimits.requireUsed("vessels", vessels.equals("auto"), why);
		ParameterLimits.requireUsed("precision", precision.equals("auto"), why);
		final LabelledImages data = open("truth", truth, List.of());
		final LabelledImages predicted = open("predictions", predictions, join.isBlank() ? data.classes() : List.of());
		requireClasses("predictions", predicted.classes().size(), data);
		return finish(Evaluator.run(data, new SavedPredictions(predicted), progress, log()::warn), folder, new Provenance(
			new Used("files", null, null, null, join), versions(), null, null));
	}

	private EvaluationResult ofModel(final Path folder, final Progress progress) throws IOException {
		final IntensityRule rule = new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
		final VesselModel.Choice choice = new VesselModel.Choice(FileParameter.isGiven(model) ? model : null, device, precision,
			SegmenterSettings.DEFAULT);
		try (VesselModel loaded = new VesselModel(choice, log()::warn)) {
			final List<String> classes = loaded.segmenter().classes();
			AbstractSegmentVessels.requireOneClass(threshold, classes);
			final LabelledImages data = open("truth", truth, join.isBlank() ? classes : List.of());
			requireClasses("model", classes.size(), data);
			final Map<String, String> versions = versions();
			if (FileParameter.isGiven(model)) versions.put("model sha256", Sha256.of(model.toPath()));
			return finish(Evaluator.run(data, new ModelPredictions(loaded.segmenter(), rule, threshold), progress,
				log()::warn), folder, new Provenance(new Used(FileParameter.isGiven(model) ? "model" : "bundled model", threshold, rule
					.polarity(), precision, join), versions, null, loaded.device()));
		}
	}

	private LabelledImages open(final String parameter, final File labels, final List<String> classes)
		throws IOException
	{
		final LabelledImages opened = DrawnLabels.open("images", images, parameter, labels, classes, log()::warn);
		return join.isBlank() ? opened : opened.joined(join);
	}

	private static void requireClasses(final String parameter, final int classes, final LabelledImages data) {
		if (classes != data.classes().size()) throw new IllegalArgumentException(parameter + ": must tell apart " + data
			.classes().size() + " classes, those of the truth, " + data.classes() + ", but tells apart " + classes +
			". Choose truth and predictions of the same classes.");
	}

	private static Map<String, String> versions() {
		return new TreeMap<>(Map.of("vasomim", SoftwareVersion.get()));
	}

	private static EvaluationResult finish(final Evaluation evaluation, final Path folder, final Provenance provenance)
		throws IOException
	{
		ScoreFiles.write(folder, evaluation, provenance);
		ScoreTables.show(evaluation);
		return new EvaluationResult(evaluation.images().size(), evaluation.summary());
	}
}
