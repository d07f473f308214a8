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
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.guidance.Reconstructions;

/** Reconstructions of a folder's angiograms: figures as PNG (stacks: TIFF), images as TIFF, measures as CSV. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Reconstruct Masked Angiogram Folder...",
	label = "Reconstruct Masked Angiogram Folder", headless = true,
	description = "Hidden patches filled in, for a file or a folder of angiograms. For research use only, not for diagnosis.")
public class ReconstructMaskedAngiogramFolder extends AbstractReconstructMaskedAngiogram {

	@Parameter(label = "<html><b>Files</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String fileshead = "";

	@Parameter(label = "Input", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included, or a single file")
	private File input;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for results, status table and manifest; files that are finished there are skipped")
	private File output;

	/** All that the results depend on besides images, selections and model; the segmentor is null if there is none. */
	private record Used(Mask mask, Reconstructions.Settings settings, IntensityRule.Polarity vessels,
		String segmentorSha256)
	{}

	@Override
	protected FolderRun.Result execute(final Progress progress) throws IOException {
		try (Reconstructions reconstructions = open()) {
			final Used used = new Used(mask(), reconstructions.settings(), polarity(), segmentor() == null ? null : Sha256.of(
				segmentor().toPath()));
			return new Folders(this, input, output).run(used, model(), seed(), reconstructions.device(), 1, (file, stem) -> {
				final ImagePlus image = ImageFile.read(file);
				final List<String> warnings = new ArrayList<>();
				warnOfSelection(image, warnings::add);
				final Frames.Grey grey = grey(image);
				final Reconstructed reconstructed = reconstruct(reconstructions, image, grey, progress.silent());
				Folders.write(stem, reconstructed.figure());
				ImageFile.writeTiff(Folders.beside(stem, "-reconstruction.tif"), reconstructed.image());
				ReconstructionRow.table(reconstructed.rows()).write(Folders.beside(stem, ".csv"));
				return new Folders.Details(grey.applied(), warnings);
			}, progress);
		}
	}
}
