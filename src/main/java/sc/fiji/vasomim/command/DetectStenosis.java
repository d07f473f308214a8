package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;

/** Finds the stenoses of an angiogram or a cine run with a trained detector. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Stenosis>Detect Stenosis...", label = "Detect Stenosis",
	headless = true,
	description = "Finds stenoses with a trained detector: boxes in the ROI Manager and over the image. For research use only, not for diagnosis.")
public class DetectStenosis extends AbstractDetectStenosis {

	/** The table's window. */
	private static final String TABLE = "Detected Stenoses";

	@Parameter(label = "Angiogram",
		description = "8-bit, 16-bit, 32-bit or RGB (taken as grey), of any size; stacks plane by plane, as a cine run")
	private ImagePlus input;

	@Parameter(label = "ROI Manager", persist = false,
		description = "Add the boxes to the ROI Manager too, which keeps what it has; without a display they lie over the image alone")
	private boolean manager = true;

	/** For scripts; the same rows stand in the table that opens where there is a display. */
	public record Result(List<BoxRow> rows, int lesions) {

		/** For the log: a stack's rows would fill it. */
		@Override
		public String toString() {
			return rows.size() + " boxes of " + lesions + " lesions";
		}
	}

	@Override
	protected Result execute(final Progress progress) throws IOException {
		Frames.require("input", input);
		final Settings settings = settings();
		try (BoxModel model = open()) {
			final Detected detected = detect(model.detector(), input, Frames.grey(input, settings.vessels()).warn(log()::warn),
				settings, progress, log()::warn);
			BoxRois.show(input, detected.rois());
			if (manager && !GraphicsEnvironment.isHeadless()) VesselOutlines.addToManager(detected.rois());
			BoxRow.table(detected.rows()).show(TABLE);
			return new Result(detected.rows(), (int) detected.rows().stream().mapToInt(BoxRow::lesion).distinct().count());
		}
	}
}
