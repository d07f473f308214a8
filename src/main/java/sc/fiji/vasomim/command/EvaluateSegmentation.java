package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;
import org.scijava.widget.NumberWidget;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.evaluation.Evaluation;
import sc.fiji.vasomim.evaluation.EvaluationResult;
import sc.fiji.vasomim.evaluation.Evaluator;
import sc.fiji.vasomim.evaluation.ModelPredictions;
import sc.fiji.vasomim.evaluation.SavedPredictions;
import sc.fiji.vasomim.evaluation.ScoreFiles;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.files.SoftwareVersion;
import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;

/** Scores of segmentations against drawn truth: of masks and labels that lie in a folder, or of a model. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Segmentation>Evaluate Segmentation...",
	label = "Evaluate Segmentation", headless = true,
	description = "Dice, clDice, precision and recall of predictions, or of a model, against drawn truth. For research use only, not for diagnosis.")
public class EvaluateSegmentation extends VasoMIMCommand {

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included; each of them counts")
	private File images;

	@Parameter(label = "Truth", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "Folder of masks or label images under the same file names")
	private File truth;

	@Parameter(label = "Predictions", style = FileWidget.DIRECTORY_STYLE, required = false, persist = false,
		description = "Folder of masks or label images under the same file names; empty if a model predicts")
	private File predictions;

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file of a segmentation network; empty if there are predictions. The rest but the output is for it alone")
	private File model;

	@Parameter(label = "Threshold", style = NumberWidget.SPINNER_STYLE + "," + DECIMALS, min = "0", max = "1",
		stepSize = "0.05", persist = false,
		description = "Least probability of a vessel's pixel, with a model of one class; of several, the most probable counts")
	private double threshold = 0.5;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for scores.csv, summary.csv and evaluation.json; those of an earlier evaluation are replaced")
	private File output;

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = "auto";

	/** How predictions were made. */
	private record Used(String predictions, Double threshold, IntensityRule.Polarity vessels, String precision) {}

	@Override
	protected EvaluationResult execute(final Progress progress) throws IOException {
		final Path folder = FileParameter.folder("output", output);
		if (isGiven(predictions) == isGiven(model)) throw new IllegalArgumentException(
			"model: give either predictions or a model, but " + (isGiven(model) ? "both are" : "neither is") + " given");
		return isGiven(model) ? ofModel(folder, progress) : ofFiles(folder, progress);
	}

	private static boolean isGiven(final File file) {
		return file != null && !file.getPath().isBlank();
	}

	private EvaluationResult ofFiles(final Path folder, final Progress progress) throws IOException {
		final LabelledImages data = DrawnLabels.open(images, "truth", truth);
		final LabelledImages predicted = DrawnLabels.open(images, "predictions", predictions);
		requireClasses("predictions", predicted.classes().size(), data);
		return finish(Evaluator.run(data, new SavedPredictions(predicted), progress, log()::warn), folder, new Provenance(
			new Used("files", null, null, null), versions(), null, null));
	}

	private EvaluationResult ofModel(final Path folder, final Progress progress) throws IOException {
		final Device on = Devices.parse(device);
		final Precision kind = Precision.parse(precision, on);
		final IntensityRule rule = new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
		final Path file = FileParameter.path("model", model);
		try (Weights weights = ModelFile.read("model", file, SegmentationNetwork.class, on);
				Segmenter segmenter = new Segmenter(weights, kind))
		{
			final LabelledImages data = DrawnLabels.open(images, "truth", truth);
			requireClasses("model", ((SegmentationNetwork) weights.network()).classes().size(), data);
			final Map<String, String> versions = versions();
			versions.put("model sha256", Sha256.of(file));
			return finish(Evaluator.run(data, new ModelPredictions(segmenter, rule, threshold), progress, log()::warn),
				folder, new Provenance(new Used("model", threshold, rule.polarity(), kind.toString()), versions, null, Devices.name(
					on)));
		}
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
