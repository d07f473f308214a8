package sc.fiji.vasomim.command;

import java.io.IOException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.CoGuidanceFigures;

/** Shows which patches pre-training would hide in an image, and why. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Preview Co-Guidance Mask...",
	label = "Preview Co-Guidance Mask", headless = true,
	description = "Shows which patches pre-training hides in an angiogram, and why. For research use only, not for diagnosis.")
public class PreviewCoGuidanceMask extends AbstractPreviewCoGuidanceMask {

	@Parameter(label = "Angiogram", description = "Any size; stacks plane by plane")
	private ImagePlus input;

	@Parameter(label = "Figure", type = ItemIO.OUTPUT,
		description = "RGB: mask, probability, patch distribution, hidden patches in the first, the chosen and the last epoch")
	private ImagePlus figure;

	@Override
	protected Object execute(final Progress progress) throws IOException {
		Frames.require("input", input);
		try (CoGuidanceFigures figures = figures()) {
			figure = draw(figures, input, grey(input).warn(log()::warn), progress);
		}
		return null;
	}
}
