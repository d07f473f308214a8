package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;

/** Shows which patches pre-training would hide in an image, and why. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Preview Co-Guidance Mask...",
	label = "Preview Co-Guidance Mask", headless = true,
	description = "Shows which patches pre-training hides in an angiogram, and why. For research use only, not for diagnosis.")
public class PreviewCoGuidanceMask extends AbstractPreviewCoGuidanceMask implements Previewable {

	@Parameter(label = "Angiogram", description = "Any size; stacks plane by plane")
	private ImagePlus input;

	@Parameter(label = "Preview", persist = false,
		description = "Show the figure of the current plane while the settings change")
	private boolean preview = false;

	@Parameter(label = "Figure", type = ItemIO.OUTPUT,
		description = "RGB: the maps that guide, and the hidden patches in the first, the chosen and the last epoch")
	private ImagePlus figure;

	@Parameter(label = "Masks over the epochs", type = ItemIO.OUTPUT,
		description = "RGB, of the current plane: the hidden patches, a slice an epoch")
	private ImagePlus stack;

	@Parameter(label = "Masked patches with vessel", type = ItemIO.OUTPUT, description = "RGB: the curve")
	private ImagePlus plot;

	private final CoGuidancePreview shown;

	/** For SciJava. */
	public PreviewCoGuidanceMask() {
		this(new PictureWindow(ImagePlus::show));
	}

	/** @param window where the preview is shown */
	PreviewCoGuidanceMask(final PictureWindow window) {
		shown = new CoGuidancePreview(window, this::status);
	}

	@Override
	public void preview() {
		if (preview) shown.show(this::setup, input);
		else shown.end();
	}

	@Override
	public void cancel() {
		shown.close();
	}

	@Override
	protected Object execute(final Progress progress) throws IOException {
		Frames.require("input", input);
		warnOfSelection(input, log()::warn);
		final CoGuidanceSetup setup = setup();
		try (CoGuidanceStages stages = new CoGuidanceStages()) {
			stages.set(setup);
			final CoGuidanceResults results = CoGuidanceResults.of(input, stages.grey(input, setup).warn(log()::warn), stages,
				setup.asked(), progress);
			figure = results.figure();
			stack = results.stack();
			plot = results.plot();
			if (results.table() != null) show(results.table());
		}
		return null;
	}

	private void show(final PatchTable table) {
		if (GraphicsEnvironment.isHeadless()) log().warn(
			"table: there is no display to show it on; Preview Co-Guidance Mask Folder writes it to a file");
		else table.toResults().show("Patches of " + input.getTitle());
	}
}
