package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.checkpoint.CheckpointExport;
import sc.fiji.vasomim.checkpoint.CheckpointExport.Target;
import sc.fiji.vasomim.checkpoint.ExportReport;

/** Writes a vision transformer for MAE's or timm's Python classes. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Models>Export Checkpoint...", label = "Export Checkpoint",
	headless = true,
	description = "Writes a vision transformer as a safetensors file that timm or MAE loads. For research use only, not for diagnosis.")
public class ExportCheckpoint extends VasoMIMCommand {

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, persist = false,
		description = "A model file (.safetensors) from Pre-train VasoMIM or Import Checkpoint")
	private File model;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder for the file, NAME-timm.safetensors or NAME-mae.safetensors")
	private File output;

	@Parameter(label = "Layout", choices = { "timm", "mae" }, persist = false,
		description = "timm: the encoder alone; mae: encoder and decoder")
	private String layout = "timm";

	@Override
	protected ExportReport execute(final Progress progress) throws IOException {
		final Target target = Choice.of("layout", layout, Target.class);
		final Path source = FileParameter.path("model", model);
		final String stem = source.getFileName().toString().replaceAll("\\.safetensors$", "");
		return CheckpointExport.run(source, FileParameter.folder("output", output).resolve(stem + "-" + layout +
			".safetensors"), target, progress);
	}
}
