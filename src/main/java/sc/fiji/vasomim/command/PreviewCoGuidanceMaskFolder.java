package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.ImageFile;

/** The co-guidance figures of a folder's angiograms, as PNG (stacks: TIFF). */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Preview Co-Guidance Mask Folder...",
	label = "Preview Co-Guidance Mask Folder", headless = true,
	description = "Figures of the patches that pre-training hides, for a file or a folder of angiograms. For research use only, not for diagnosis.")
public class PreviewCoGuidanceMaskFolder extends AbstractPreviewCoGuidanceMask {

	@Parameter(label = "Input", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included; a script may also name a single file")
	private File input;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for results, status table and manifest; files that are finished there are skipped")
	private File output;

	@Override
	protected FolderRun.Result execute(final Progress progress) throws IOException {
		try (CoGuidanceFigures figures = figures()) {
			return Folders.run(input, output, figures.settings(), segmentor(), figures.settings().seed(), figures
				.device(), 1, (file, stem) -> {
				final ImagePlus image = ImageFile.read(file);
				final Frames.Grey grey = grey(image);
				Folders.write(stem, draw(figures, image, grey, Progress.NONE));
				return grey.applied();
			}, progress);
		}
	}
}
