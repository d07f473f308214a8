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
import sc.fiji.vasomim.batch.JoinedTable;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;

/** Vessels of a folder's angiograms: masks and labels as PNG (stacks: TIFF), probabilities as TIFF, measures as CSV. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Segment Vessels Folder...",
	label = "Segment Vessels Folder", headless = true,
	description = "Vessels of a file or a folder of angiograms, found by a trained network. For research use only, not for diagnosis.")
public class SegmentVesselsFolder extends AbstractSegmentVessels {

	/** How the tables of single files end; that of all of them stands in the output folder. */
	private static final String TABLE = "-vessels.csv";

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
		try (VesselModel model = new VesselModel(modelChoice(), log()::warn)) {
			require(settings, model.segmenter().classes());
			final Folders folders = new Folders(this, input, output);
			return folders.run(settings, model(), null, model.device(), 1, (file, stem) -> {
				final ImagePlus image = ImageFile.read(file);
				image.setTitle(folders.name(file));
				final List<String> warnings = new ArrayList<>();
				final Frames.Grey grey = grey(image, settings);
				write(stem, segment(model, image, grey, settings, progress.silent(), warnings::add));
				return new Folders.Details(grey.applied(), warnings);
			}, List.of(new JoinedTable("vessels.csv", TABLE, VesselRow.HEADINGS)), progress);
		}
	}

	private static void write(final Path stem, final Segmented segmented) throws IOException {
		Folders.write(stem, segmented.mask());
		if (segmented.labels() != null) Folders.write(Folders.beside(stem, "-labels"), segmented.labels());
		if (segmented.probability() != null) Folders.write(Folders.beside(stem, "-probability"), segmented.probability());
		VesselRow.table(segmented.rows()).write(Folders.beside(stem, TABLE));
	}
}
