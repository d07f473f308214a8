package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/** What the trainings on images and their vascular masks learn from. */
abstract class AbstractPretraining extends VasoMIMCommand {

	@Parameter(label = "<html><b>Data</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String datahead = "";

	@Parameter(label = "Images", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, or of sets with their masks as Prepare Data Set leaves it; decoded pixels are kept in a file beside it")
	private File images;

	@Parameter(label = "Masks (empty: in the sets)", style = FileWidget.DIRECTORY_STYLE, required = false, persist = false,
		description = "Folder of their vascular masks under the same file names: Extract Vascular Anatomy Folder makes it. Empty for a folder of sets")
	private File masks;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Run folder; one of an interrupted run with the same settings is gone on with")
	private File output;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Unreadable files", min = "0", persist = false,
		description = "So many are left out and named; one more is an error")
	private int unreadable = 0;

	@Parameter(label = "Folder of decoded pixels", style = FileWidget.DIRECTORY_STYLE, required = false, persist = false,
		visibility = ItemVisibility.INVISIBLE,
		description = "Where their file is kept, up to two bytes a pixel; empty: beside the images")
	private File cache;

	/** The run folder. */
	protected Path runFolder() {
		return FileParameter.folder("output", output);
	}

	/** @param masked whether something is learnt from the masks */
	protected TrainingData data(final boolean masked) throws IOException {
		return TrainingData.of(images, masks, masked, vessels, unreadable, cache);
	}
}
