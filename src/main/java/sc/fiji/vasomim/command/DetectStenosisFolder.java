package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.batch.JoinedTable;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.RoiFile;

/** Stenoses of a folder's angiograms and cine runs: images with boxes over them, the boxes as ROIs, and tables. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Detect Stenosis Folder...",
	label = "Detect Stenosis Folder", headless = true,
	description = "Finds stenoses in a file or a folder of angiograms with a trained detector. For research use only, not for diagnosis.")
public class DetectStenosisFolder extends AbstractDetectStenosis {

	/** How the tables of single files end; that of all of them stands in the output folder. */
	private static final String TABLE = "-boxes.csv";

	@Parameter(label = "<html><b>Files</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String fileshead = "";

	@Parameter(label = "Input", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included, or a single file")
	private File input;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for results, status table and manifest; files that are finished there are skipped")
	private File output;

	@Override
	protected FolderRun.Result execute(final Progress progress) throws IOException {
		final Settings settings = settings();
		try (BoxModel model = open()) {
			final Folders folders = new Folders(this, input, output);
			return folders.run(settings, model(), null, model.device(), 1, (file, stem) -> {
				final ImagePlus image = ImageFile.read(file);
				image.setTitle(folders.name(file));
				final List<String> warnings = new ArrayList<>();
				final Frames.Grey grey = Frames.grey(image, settings.vessels());
				final Detected detected = detect(model.detector(), image, grey, settings, progress.silent(), warnings::add);
				BoxRois.show(image, detected.rois());
				ImageFile.writeTiff(Folders.beside(stem, ".tif"), image);
				RoiFile.writeZip(Folders.beside(stem, ".zip"), detected.rois());
				BoxRow.table(detected.rows()).write(Folders.beside(stem, TABLE));
				return new Folders.Details(grey.applied(), warnings);
			}, List.of(new JoinedTable("boxes.csv", TABLE, BoxRow.HEADINGS)), progress);
		}
	}
}
