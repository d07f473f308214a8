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

import net.imglib2.parallel.TaskExecutors;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;

/** Multi-scale vesselness of the images of a folder, as 32-bit TIFF. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Frangi Vessel Filter Folder...",
	label = "Frangi Vessel Filter Folder", headless = true,
	description = "Multi-scale vesselness (Frangi, Sato, tubeness) of a file or a folder of images, as 32-bit TIFF. For research use only, not for diagnosis.")
public class FrangiVesselFilterFolder extends AbstractFrangiVesselFilter {

	@Parameter(label = "<html><b>Files</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String fileshead = "";

	@Parameter(label = "Input", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included, or a single file")
	private File input;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for results, status table and manifest; files that are finished there are skipped")
	private File output;

	/** What the manifest says of a file. */
	private record Details(List<String> warnings) {}

	@Override
	protected FolderRun.Result execute(final Progress progress) throws IOException {
		final Settings settings = settings();
		return new Folders(this, input, output).run(settings, null, null, null, Runtime.getRuntime()
			.availableProcessors(), (file, stem) -> {
			final List<String> warnings = new ArrayList<>();
			final Images images = filter(ImageFile.read(file), settings, new StoppableExecutor(TaskExecutors.singleThreaded(),
				progress), warnings::add);
			Folders.write(stem, images.vesselness());
			if (settings.withscale()) Folders.write(Folders.beside(stem, "-scale"), images.scale());
			if (settings.withdirection()) Folders.write(Folders.beside(stem, "-direction"), images.direction());
			return new Details(warnings);
		}, progress);
	}
}
