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

import net.imglib2.parallel.TaskExecutors;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;

/** Masks of the vascular trees of a folder's angiograms, as PNG (stacks: TIFF). */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Extract Vascular Anatomy Folder...",
	label = "Extract Vascular Anatomy Folder", headless = true,
	description = "Vascular masks of a file or a folder of angiograms. For research use only, not for diagnosis.")
public class ExtractVascularAnatomyFolder extends AbstractExtractVascularAnatomy {

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
		return new Folders(this, input, output).run(settings, null, null, null, Runtime.getRuntime()
			.availableProcessors() + 1, (file, stem) -> {
			final ImagePlus image = ImageFile.read(file);
			final Frames.Grey grey = grey(image);
			final List<String> warnings = new ArrayList<>();
			Folders.write(stem, masks(image, grey, settings, TaskExecutors.singleThreaded(), progress.silent(),
				warnings::add));
			return new Folders.Details(grey.applied(), warnings);
		}, progress);
	}
}
