package sc.fiji.vasomim.command;

import java.io.IOException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.ReconstructionFigures;

/** Hides patches of an image and lets a pre-trained network fill them in. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Reconstruct Masked Angiogram...",
	label = "Reconstruct Masked Angiogram", headless = true,
	description = "Hides patches of an angiogram and lets a pre-trained network fill them in. For research use only, not for diagnosis.")
public class ReconstructMaskedAngiogram extends AbstractReconstructMaskedAngiogram {

	@Parameter(label = "Angiogram", description = "Any size; stacks plane by plane")
	private ImagePlus input;

	@Parameter(label = "Figure", type = ItemIO.OUTPUT, description = "RGB: input, masked, reconstructed")
	private ImagePlus figure;

	@Override
	protected Object execute(final Progress progress) throws IOException {
		Frames.require("input", input);
		try (ReconstructionFigures figures = figures()) {
			figure = draw(figures, input, grey(input).warn(log()::warn), progress);
		}
		return null;
	}
}
