package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
import sc.fiji.vasomim.files.IntensityRule;

/** Diameters and stenoses of a folder's angiograms: images with ROIs as TIFF, tables as CSV, plots as PNG (stacks: TIFF). */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Quantify Stenosis Folder...",
	label = "Quantify Stenosis Folder", headless = true,
	description = "Diameters and diameter stenosis of a file or a folder of angiograms. For research use only, not for diagnosis.")
public class QuantifyStenosisFolder extends AbstractQuantifyStenosis {

	@Parameter(label = "<html><b>Files</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String fileshead = "";

	@Parameter(label = "Input", style = FileWidget.FILE_AND_DIRECTORY_STYLE, persist = false,
		description = "Folder of angiograms, sub-folders included, or a single file")
	private File input;

	@Parameter(label = "Masks (empty: made)", style = FileWidget.DIRECTORY_STYLE, required = false, persist = false,
		description = "Folder of vessel masks named as the angiograms, or one file; empty: as Extract Vascular Anatomy makes them")
	private File masks;

	@Parameter(label = "Frame (0: all)", min = "0", persist = false, description = "Plane of stacks to measure, from 1; 0: all")
	private int frame = 0;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for results, status table and manifest; files that are finished there are skipped")
	private File output;

	/** All that the results depend on besides images and selections. */
	private record Used(Settings settings, int frame, String masksSha256) {}

	/** What the manifest says of a file. */
	private record Details(QuantifyStenosis.Result result, IntensityRule.Applied intensity, List<String> warnings) {}

	@Override
	protected FolderRun.Result execute(final Progress progress) throws IOException {
		final Settings settings = settings();
		final MaskFiles given = MaskFiles.of(input, masks);
		return new Folders(this, input, output).run(new Used(settings, frame, given.sha256()), null, null, null, Runtime
			.getRuntime().availableProcessors(), (file, stem) -> {
				final ImagePlus image = ImageFile.read(file);
				final List<String> warnings = new ArrayList<>();
				final Frames.Grey grey = Frames.grey(image, settings.vessels());
				final VesselMasks vessels = new VesselMasks(image, given.of(file), TaskExecutors.singleThreaded(), warnings::add);
				final StenosisResults results = quantify(image, grey, planes(image), vessels, settings, progress.silent(),
					warnings::add);
				write(results, stem);
				return new Details(results.result(), grey.applied(), warnings);
			}, progress);
	}

	private List<Integer> planes(final ImagePlus image) {
		if (frame == 0) return IntStream.range(0, image.getStackSize()).boxed().toList();
		if (frame > image.getStackSize()) throw new IllegalArgumentException("frame: must be 0.." + image.getStackSize() +
			" for " + image.getTitle() + ", but was " + frame + ". 0 measures all.");
		return List.of(frame - 1);
	}

	private static void write(final StenosisResults results, final Path stem) throws IOException {
		StenosisRois.show(results);
		ImageFile.writeTiff(Folders.beside(stem, ".tif"), results.image());
		results.lesions().write(Folders.beside(stem, ".csv"));
		results.profiles().write(Folders.beside(stem, "-profile.csv"));
		Folders.write(Folders.beside(stem, "-plot"), results.plot());
	}
}
