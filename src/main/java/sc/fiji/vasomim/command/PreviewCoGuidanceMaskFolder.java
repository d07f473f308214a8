package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.torch.Devices;

/** The co-guidance figures of a folder's angiograms, as PNG (stacks: TIFF), and beside them what else was asked for. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Preview Co-Guidance Mask Folder...",
	label = "Preview Co-Guidance Mask Folder", headless = true,
	description = "Figures of the patches that pre-training hides, for a file or a folder of angiograms. For research use only, not for diagnosis.")
public class PreviewCoGuidanceMaskFolder extends AbstractPreviewCoGuidanceMask {

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
		final CoGuidanceSetup setup = setup();
		try (CoGuidanceStages stages = new CoGuidanceStages()) {
			stages.set(setup);
			return new Folders(this, input, output).run(setup.asked(), setup.segmentor() == null ? null : setup.segmentor()
				.toFile(), setup.asked().figure().seed(), Devices.name(Devices.parse(setup.device())), 1, (file, stem) -> {
				final ImagePlus image = ImageFile.read(file);
				final List<String> warnings = new ArrayList<>();
				warnOfSelection(image, warnings::add);
				final Frames.Grey grey = stages.grey(image, setup);
				write(CoGuidanceResults.of(image, grey, stages, setup.asked(), progress.silent()), stem);
				return new Folders.Details(grey.applied(), warnings);
			}, progress);
		}
	}

	private static void write(final CoGuidanceResults results, final Path stem) throws IOException {
		Folders.write(stem, results.figure());
		if (results.stack() != null) Folders.write(Folders.beside(stem, "-epochs"), results.stack());
		if (results.plot() != null) Folders.write(Folders.beside(stem, "-curve"), results.plot());
		if (results.table() != null) AtomicFile.write(Folders.beside(stem, "-patches.csv"), results.table().toCsv());
	}
}
