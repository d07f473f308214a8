package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.checkpoint.CheckpointImport;
import sc.fiji.vasomim.checkpoint.ImportReport;
import sc.fiji.vasomim.checkpoint.ImportSettings;

/** Makes a model file of the encoder in a checkpoint of another project. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Models>Import Checkpoint...", label = "Import Checkpoint",
	headless = true,
	description = "Makes a model file of the vision transformer in somebody else's checkpoint; no code of the file is run. For research use only, not for diagnosis.")
public class ImportCheckpoint extends VasoMIMCommand {

	@Parameter(label = "Checkpoint", style = FileWidget.OPEN_STYLE, persist = false,
		description = "A PyTorch file (.pth, .pt) or a safetensors file; its layout is told by its names")
	private File checkpoint;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for the model file, NAME.safetensors, and the report, NAME-import.json")
	private File output;

	@Parameter(label = "Weights", choices = { "auto", "model", "ema", "teacher", "student", "target", "encoder", "base",
		"momentum" }, persist = false,
		description = "Which set of weights, where a file has several; auto: the one that its project evaluates")
	private String weights = ImportSettings.DEFAULT.weights();

	@Parameter(label = "Image size (px, 0: as in the file)", min = "0", max = "4096", persist = false,
		description = "Side of images to resize the position table for; 0: as in the file")
	private int size = ImportSettings.DEFAULT.size();

	@Parameter(label = "Patch size (px, 0: as in the file)", min = "0", max = "256", persist = false,
		description = "Side of patches to resize the patch kernel to; 0: as in the file")
	private int patch = ImportSettings.DEFAULT.patch();

	@Parameter(label = "Attention heads (0: as in the file)", min = "0", max = "128", persist = false,
		description = "Most files do not tell them; 0: as in the file, or as usual for its width")
	private int heads = ImportSettings.DEFAULT.heads();

	@Parameter(label = "Mean of grey values (0: ImageNet's)", style = DECIMALS, min = "0", max = "1", stepSize = "0.1",
		persist = false,
		description = "Subtracted from grey values 0..1 in the encoder's training; 0, with the deviation: as for ImageNet")
	private double mean = ImportSettings.DEFAULT.mean();

	@Parameter(label = "Deviation of grey values (0: ImageNet's)", style = DECIMALS, min = "0", max = "1", stepSize = "0.1",
		persist = false, description = "By which they were then divided; 0: as for ImageNet")
	private double deviation = ImportSettings.DEFAULT.deviation();

	@Override
	protected ImportReport execute(final Progress progress) throws IOException {
		final ImportSettings settings = new ImportSettings(weights, size, patch, heads, mean, deviation);
		final Path source = FileParameter.path("checkpoint", checkpoint);
		final Path folder = FileParameter.folder("output", output);
		final String stem = source.getFileName().toString().replaceAll("(\\.(pth|pt|bin|safetensors|tar))+$", "");
		final ImportReport report = CheckpointImport.run(source, folder.resolve(stem + ".safetensors"), settings, progress);
		ImportTable.show(report);
		return report;
	}
}
