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
import sc.fiji.vasomim.evaluation.DetectionFiles;
import sc.fiji.vasomim.evaluation.DetectionReport;
import sc.fiji.vasomim.evaluation.DetectionReport.Row;
import sc.fiji.vasomim.evaluation.DetectionValidation;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.files.SoftwareVersion;

/** Average precision of a detector against drawn boxes. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Stenosis>Evaluate Detection...",
	label = "Evaluate Detection", headless = true,
	description = "COCO's mAP, mAP50 and mAP75 of a detector against drawn boxes. For research use only, not for diagnosis.")
public class EvaluateDetection extends VasoMIMCommand {

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included; each of them counts")
	private File images;

	@Parameter(label = "Boxes", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "COCO .json file, or folder of Pascal VOC .xml or ROI files under the same file names")
	private File boxes;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for scores.csv, summary.csv and evaluation.json; those of an earlier evaluation are replaced")
	private File output;

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, persist = false,
		description = "Model file of a detector, as Fine-tune Detection writes it")
	private File model;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of convolutions and matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = "auto";

	/** How the detections were made. */
	private record Used(IntensityRule.Polarity vessels, String precision) {}

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
		final IntensityRule rule = new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
		try (BoxModel loaded = new BoxModel(model, device, precision)) {
			final BoxedImages data = DrawnBoxes.read("images", images, "boxes", boxes, loaded.detector().classes(), rule, progress,
				log()::warn);
			if (!data.hasTruth()) throw new IllegalArgumentException("boxes: none is to be found on the " + data.images()
				.size() + " images, so there is nothing to judge by. Draw some.");
			final DetectionReport report = DetectionValidation.report(loaded.detector(), data, progress);
			final Map<String, String> versions = new TreeMap<>(Map.of("vasomim", SoftwareVersion.get(), "model sha256", Sha256
				.of(model.toPath())));
			DetectionFiles.write(folder, report, new Provenance(new Used(rule.polarity(), precision), versions, null, loaded
				.device()));
			if (!GraphicsEnvironment.isHeadless()) show(report);
			return new Result(data.images().size(), report.summary());
		}
	}

	private static void show(final DetectionReport report) {
		new MeasureTable(DetectionFiles.imageHeadings(), DetectionFiles.images(report)).open("Detection Scores");
		new MeasureTable(DetectionFiles.HEADINGS, report.summary().stream().map(DetectionFiles::cells).toList()).open(
			"Detection Scores of All Images");
	}
}
