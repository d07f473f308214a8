package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.demo.Demo;
import sc.fiji.vasomim.demo.DemoResult;

/** Runs the whole path on packaged samples, in minutes, and writes a page that shows it. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Run VasoMIM Demo...", label = "Run VasoMIM Demo",
	headless = true,
	description = "The whole path on packaged frames, in minutes, as one page. For research use only, not for diagnosis.")
public class RunVasoMIMDemo extends VasoMIMCommand {

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder that receives index.html, the pictures and the trained models")
	private File output;

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of all random draws")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Override
	protected DemoResult execute(final Progress progress) throws IOException {
		return Demo.run(FileParameter.folder("output", output), seed, device, progress, log()::warn);
	}
}
