package sc.fiji.vasomim.command;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import net.imglib2.parallel.TaskExecutors;

import sc.fiji.vasomim.batch.Progress;

/** Multi-scale vesselness of an image or stack. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Vessels>Frangi Vessel Filter...",
	label = "Frangi Vessel Filter", headless = true,
	description = "Multi-scale vesselness (Frangi, Sato, tubeness) of an image, stack or hyperstack. For research use only, not for diagnosis.")
public class FrangiVesselFilter extends AbstractFrangiVesselFilter implements Previewable {

	@Parameter(label = "Angiogram", description = "8-bit, 16-bit, 32-bit or RGB (taken as grey); image, stack or hyperstack; a selected area limits the result")
	private ImagePlus input;

	@Parameter(label = "Preview", persist = false,
		description = "Show the vesselness of the current plane while the settings change; automatic c and vessels are then this plane's")
	private boolean preview = false;

	@Parameter(label = "Vesselness", type = ItemIO.OUTPUT, description = "32-bit, of the input's size; 0 outside of a selected area")
	private ImagePlus output;

	@Parameter(label = "Scale", type = ItemIO.OUTPUT, description = "32-bit; the scale of the strongest response, if asked for")
	private ImagePlus scale;

	@Parameter(label = "Direction", type = ItemIO.OUTPUT, description = "32-bit, degrees; along the vessel, if asked for")
	private ImagePlus direction;

	private final VesselnessPreview shown = new VesselnessPreview(this::status);

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
		progress.report(0, 1, "vesselness of " + input.getTitle());
		final Images images = filter(input, settings(), new StoppableExecutor(TaskExecutors.multiThreaded(), progress),
			log()::warn);
		output = images.vesselness();
		scale = images.scale();
		direction = images.direction();
		return null;
	}
}
