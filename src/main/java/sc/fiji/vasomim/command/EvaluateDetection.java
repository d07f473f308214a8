package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.dataset.SavedBoxes;
import sc.fiji.vasomim.evaluation.DetectionFiles;
import sc.fiji.vasomim.evaluation.DetectionReport;
import sc.fiji.vasomim.evaluation.DetectionReport.Row;
import sc.fiji.vasomim.evaluation.DetectionValidation;
import sc.fiji.vasomim.evaluation.EvaluationFolder;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.files.SoftwareVersion;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.metrics.Detection;

/** Average precision of boxes that were found, in files or by a detector, against drawn ones. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Stenosis>Evaluate Detection...",
	label = "Evaluate Detection", headless = true,
	description = "COCO's mAP, mAP50 and mAP75 of a detector, or of boxes in files, against drawn boxes. For research use only, not for diagnosis.")
public class EvaluateDetection extends VasoMIMCommand {

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included; of a COCO file's boxes, those that it lists count")
	private File images;

	@Parameter(label = "Boxes", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "COCO .json file, or folder of Pascal VOC .xml or ROI files under the same file names")
	private File boxes;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for scores.csv, summary.csv and evaluation.json; those of an earlier evaluation are replaced")
	private File output;

	@Parameter(label = "Predictions (empty: a model's)", style = FileWidget.FILE_AND_DIRECTORY_STYLE, required = false,
		persist = false,
		description = "Folder of ROI files under the same file names, as Detect Stenosis Folder leaves it, or COCO's .json of results; empty if a model predicts")
	private File predictions;

	@Parameter(label = "Model (empty: the predictions)", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file of a detector, as Fine-tune Detection writes it. What follows is for models")
	private File model;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of convolutions and matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = "auto";

	/** Of what was judged: a hash of images and boxes; how detections were made, where a model made them. */
	private record Used(String predictions, String data, IntensityRule.Polarity vessels, String precision,
		Double leastScore)
	{}

	/**
	 * What was found.
	 *
	 * @param images how many were judged
	 * @param summary the first is what models are compared by; see {@link DetectionReport#summary}
	 */
	public record Result(int images, List<Row> summary) {

		/** For the log: the first of the summary. */
		@Override
		public String toString() {
			final Row first = summary.get(0);
			return String.format(Locale.ROOT, "%s in %d images: mAP %.4f, mAP50 %.4f, mAP75 %.4f", first.name(), images, first
				.map(), first.map50(), first.map75());
		}
	}

	@Override
	protected Result execute(final Progress progress) throws IOException {
		final Path folder = FileParameter.folder("output", output);
		if (FileParameter.isGiven(predictions) == FileParameter.isGiven(model)) throw new IllegalArgumentException(
			"model: give either predictions or a model, but " + (FileParameter.isGiven(model) ? "both are given"
				: "neither is given"));
		EvaluationFolder.requireOwn(folder);
		return FileParameter.isGiven(predictions) ? ofFiles(folder, progress) : ofModel(folder, progress);
	}

	private Result ofFiles(final Path folder, final Progress progress) throws IOException {
		final String why = "is for models only, and predictions are given";
		ParameterLimits.requireUsed("vessels", vessels.equals("auto"), why);
		ParameterLimits.requireUsed("precision", precision.equals("auto"), why);
		final Path saved = FileParameter.path("predictions", predictions);
		final BoxedImages data = data(List.of(), progress);
		final Map<String, List<Detection>> found = SavedBoxes.read(saved, images.toPath(), boxes.toPath(), data, log()::warn);
		final double least = found.values().stream().flatMap(List::stream).mapToDouble(Detection::score).min().orElse(0);
		if (least >= 0.5) log().warn("predictions: no box has a score below " + least + ", but average precision is meant of all " +
			"that was found, of scores down to " + Detector.LEAST_SCORE + ": it comes out too low");
		return finish(DetectionValidation.report(image -> found.getOrDefault(image.name(), List.of()), data, progress), folder,
			new Provenance(new Used("files", data.fingerprint(), null, null, null), versions(), null, null));
	}

	private Result ofModel(final Path folder, final Progress progress) throws IOException {
		try (BoxModel loaded = new BoxModel(model, device, precision)) {
			final BoxedImages data = data(loaded.detector().classes(), progress);
			final Map<String, String> versions = versions();
			versions.put("model sha256", Sha256.of(model.toPath()));
			return finish(DetectionValidation.report(loaded.detector(), data, progress), folder, new Provenance(new Used("model",
				data.fingerprint(), rule().polarity(), loaded.precision().toString(), Detector.LEAST_SCORE), versions, null, loaded
					.device()));
		}
	}

	private IntensityRule rule() {
		return new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
	}

	/** @param classes in the order of their numbers; empty: those of the boxes */
	private BoxedImages data(final List<String> classes, final Progress progress) throws IOException {
		final BoxedImages data = DrawnBoxes.read("images", images, "boxes", boxes, classes, rule(), progress, log()::warn);
		if (!data.hasTruth()) throw new IllegalArgumentException("boxes: none is to be found on the " + data.images().size() +
			" images, so there is nothing to judge by. Draw some.");
		return data;
	}

	private static Map<String, String> versions() {
		return new TreeMap<>(Map.of("vasomim", SoftwareVersion.get()));
	}

	private static Result finish(final DetectionReport report, final Path folder, final Provenance provenance)
		throws IOException
	{
		DetectionFiles.write(folder, report, provenance);
		if (!GraphicsEnvironment.isHeadless()) show(report);
		return new Result(report.images().size(), report.summary());
	}

	private static void show(final DetectionReport report) {
		new MeasureTable(DetectionFiles.imageHeadings(), DetectionFiles.images(report)).open("Detection Scores");
		new MeasureTable(DetectionFiles.HEADINGS, report.summary().stream().map(DetectionFiles::cells).toList()).open(
			"Detection Scores of All Images");
	}
}
