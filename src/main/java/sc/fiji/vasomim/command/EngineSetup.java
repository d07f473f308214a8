package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.text.TextWindow;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.setup.Installation;
import sc.fiji.vasomim.setup.NativesFolder;
import sc.fiji.vasomim.setup.NativesHost;
import sc.fiji.vasomim.setup.NativesSource;
import sc.fiji.vasomim.setup.SetupReport;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.NamedLibrary;
import sc.fiji.vasomim.torch.PytorchBuild;

/** Brings PyTorch's libraries, which networks compute with, if the user agrees. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Models>Engine Setup...", label = "Engine Setup",
	headless = true,
	description = "Installs the libraries of PyTorch, from DJL's host or from a folder; without consent it only says what it would do")
public class EngineSetup extends VasoMIMCommand {

	private static final int WIDTH = 800, HEIGHT = 400;

	@Parameter(label = "Build", choices = { "cpu", "cuda" }, persist = false,
		description = "cuda is for NVIDIA's GPUs and many times larger; where both are installed it is the one that is used")
	private String build = "cpu";

	@Parameter(label = "Folder (empty: download)", style = FileWidget.DIRECTORY_STYLE, required = false, persist = false,
		description = "Install from here, without a network: a copy of what the host has, or an unpacked libtorch; if empty, from https://publish.djl.ai")
	private File folder;

	@Parameter(label = "I agree to the installation", persist = false,
		description = "If not, the files, their sizes, and where they would go are shown, and nothing is changed")
	private boolean consent = false;

	@Override
	protected SetupReport execute(final Progress progress) throws IOException {
		final PytorchBuild wanted = Choice.of("build", build, PytorchBuild.class);
		NamedLibrary.named().ifPresent(EngineSetup::refuse);
		final NativesSource source = FileParameter.isGiven(folder) ? new NativesFolder(FileParameter.path("folder", folder))
			: new NativesHost(log()::info);
		final Installation installation = Installation.plan(wanted, source);
		final SetupReport result = consent ? installation.run(progress) : installation.report();
		final String report = result.text() + nextStep(result);
		log().info(report);
		if (!GraphicsEnvironment.isHeadless()) new TextWindow(label(), report, WIDTH, HEIGHT);
		return result;
	}

	private static void refuse(final String named) {
		throw new IllegalArgumentException("build: nothing needs to be installed, for the environment variable " +
			NamedLibrary.VARIABLE + " names " + named +
			", and the PyTorch that it names is the one that is used. Take the variable out first.");
	}

	private static String nextStep(final SetupReport result) {
		if (result.state().equals("not installed")) return "Nothing was changed. To install, agree to it (consent=true).\n";
		return Devices.isEngineRunning() ? "PyTorch runs already: start Fiji again to use what is installed.\n" : "";
	}
}
