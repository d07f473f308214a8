package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.Map;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.curation.Preparation;
import sc.fiji.vasomim.curation.PreparationSettings;
import sc.fiji.vasomim.curation.PreparedSet;
import sc.fiji.vasomim.curation.SourceForm;
import sc.fiji.vasomim.files.IntensityRule.Polarity;
import sc.fiji.vasomim.files.SoftwareVersion;

/** Makes a set for pre-training, images and vascular masks, from published data sets, folders or DICOM runs. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Prepare Data Set...",
	label = "Prepare Data Set", headless = true,
	description = "Chooses frames of angiograms by the vessel they show, and writes them with their vascular masks. For research use only, not for diagnosis.")
public class PrepareDataSet extends VasoMIMCommand {

	private static final PreparationSettings BEST = PreparationSettings.DEFAULT;

	@Parameter(label = "Input", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of a published data set, of images in folders, or of DICOM runs")
	private File input;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of sets: receives SET, SET_frangi, SET.csv and SET.json; runs that are finished there are skipped")
	private File output;

	@Parameter(label = "Set (empty: the form's)", required = false, persist = false,
		description = "Name of the set; if empty, that of its form")
	private String set = BEST.set();

	@Parameter(label = "Form", choices = { "auto", "cadica", "dominance", "xcad", "syntax", "dicom", "folder" },
		persist = false, description = "Folder form of the input; auto recognises all but syntax")
	private String form = "auto";

	@Parameter(label = "<html><b>Frames</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String frameshead = "";

	@Parameter(label = "Frames per run (0: all)", min = "0", persist = false,
		description = "Those that show most vessel; 0: all that Vessel share lets through")
	private int framesperrun = BEST.frames();

	@Parameter(label = "Vessel share", style = DECIMALS, min = "0", max = "1", stepSize = "0.1", persist = false,
		description = "Least vessel of a frame, as a share of that of its run's best")
	private double vesselshare = BEST.share();

	@Parameter(label = "Duplicates from", style = DECIMALS, min = "0", max = "1", stepSize = "0.001", persist = false,
		description = "Correlation at 48 x 48 px from which two frames of a patient are alike and one is dropped; 1: copies only")
	private double duplicates = BEST.duplicates();

	@Parameter(label = "Key frames", persist = false,
		description = "Of runs with key frames listed by the set's makers (CADICA), take these, whatever Frames and Vessel share")
	private boolean keyframes = BEST.keyframes();

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted; auto: those that clearly have them")
	private String vessels = "auto";

	@Parameter(label = "<html><b>Run</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String runhead = "";

	@Parameter(label = "Unreadable files", min = "0", persist = false,
		description = "So many are left out and named; one more ends the preparation")
	private int unreadable = 100;

	@Parameter(label = "Threads (0: all processors)", min = "0", max = "1024", persist = false,
		description = "Runs at once, each holding one file in memory; 0: as many as there are processors")
	private int threads = 0;

	@Override
	protected PreparedSet execute(final Progress progress) throws IOException {
		final SourceForm chosen = form.equals("auto") ? null : Choice.of("form", form, SourceForm.class);
		final PreparationSettings settings = new PreparationSettings(chosen, set == null ? "" : set.trim(), framesperrun,
			vesselshare, duplicates, keyframes, Choice.of("vessels", vessels, Polarity.class));
		final Preparation preparation = new Preparation(FileParameter.path("input", input), FileParameter.folder("output",
			output), settings);
		log().info(label() + ": " + preparation.runs() + " runs of the form " + preparation.settings().form());
		return preparation.run(Map.of("vasomim", SoftwareVersion.get()), unreadable, threads == 0 ? Runtime.getRuntime()
			.availableProcessors() : threads, progress, log()::warn);
	}
}
