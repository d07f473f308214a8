package sc.fiji.vasomim.command;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import net.imglib2.parallel.TaskExecutors;

import sc.fiji.vasomim.batch.Progress;

/** The mask of the vascular tree of an angiogram. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Vessels>Extract Vascular Anatomy...",
	label = "Extract Vascular Anatomy", headless = true,
	description = "The mask of the vascular tree of an angiogram. For research use only, not for diagnosis.")
public class ExtractVascularAnatomy extends AbstractExtractVascularAnatomy implements Previewable {

	@Parameter(label = "Angiogram", description = "8-bit, 16-bit, 32-bit or RGB (taken as grey); stacks plane by plane; a selected area limits the result")
	private ImagePlus input;

	@Parameter(label = "Preview", persist = false, description = "Show the mask over the current plane while the settings change")
	private boolean preview = false;

	@Parameter(label = "Mask", type = ItemIO.OUTPUT, description = "8-bit, 255 in vessels")
	private ImagePlus mask;

	private final MaskPreview shown = new MaskPreview(this::status);

	@Override
	public void preview() {
		if (preview) shown.show(input, this);
		else shown.end();
	}

	@Override
	public void cancel() {
		shown.close();
	}

	@Override
	protected Object execute(final Progress progress) {
		Frames.require("input", input);
		mask = masks(input, grey(input).warn(log()::warn), settings(), TaskExecutors.multiThreaded(), progress, log()::warn);
		return null;
	}
}
