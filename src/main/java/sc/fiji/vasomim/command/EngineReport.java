package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

import ij.text.TextWindow;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.torch.EngineState;

/** Says what the networks compute with. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Models>Engine Report...", label = "Engine Report", headless = true,
	description = "PyTorch's version and place, devices with memory and speed, and libraries that are there twice")
public class EngineReport extends VasoMIMCommand {

	private static final int WIDTH = 800, HEIGHT = 300;

	@Override
	protected EngineState execute(final Progress progress) throws IOException {
		final EngineState now = EngineState.now();
		if (!GraphicsEnvironment.isHeadless()) new TextWindow("Engine Report", now.text(), WIDTH, HEIGHT);
		return now;
	}
}
