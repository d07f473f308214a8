package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ByteProcessor;

import sc.fiji.vasomim.batch.Progress;

/** Finds the vessels of an angiogram, or their segments, with a trained network, and measures them. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Segmentation>Segment Vessels...", label = "Segment Vessels",
	headless = true,
	description = "Finds the vessels of an angiogram with a trained network and measures them. For research use only, not for diagnosis.")
public class SegmentVessels extends AbstractSegmentVessels implements Previewable {

	/** The table's window. */
	private static final String TABLE = "Vessels";

	@Parameter(label = "Angiogram", description = "8-bit, 16-bit, 32-bit or RGB (taken as grey), of any size; stacks plane by plane; a selected area limits the result")
	private ImagePlus input;

	@Parameter(label = "Outlines", choices = { "none", "overlay", "manager" }, persist = false,
		description = "Vessels as selections too: over the angiogram, or in the ROI Manager, which keeps what it has")
	private String outlines = "none";

	@Parameter(label = "Table", persist = false,
		description = "Show area, centreline length and mean diameter of each class in each plane")
	private boolean table = true;

	@Parameter(label = "Preview", persist = false, description = "Show the vessels over the current plane while the settings change")
	private boolean preview = false;

	@Parameter(label = "Mask", type = ItemIO.OUTPUT, description = "8-bit, 255 in vessels")
	private ImagePlus mask;

	@Parameter(label = "Segments", type = ItemIO.OUTPUT,
		description = "8-bit, the number of the class; their names are in the image's information. Only of a model of several classes")
	private ImagePlus labels;

	@Parameter(label = "Probability", type = ItemIO.OUTPUT, description = "32-bit, a channel for each class, if asked for")
	private ImagePlus probability;

	private final SegmentationPreview shown = new SegmentationPreview(this::status);

	/** Where the selections of vessels go. */
	private enum Outlines {
		NONE, OVERLAY, MANAGER
	}

	/** For scripts; the same rows stand in the table that opens where there is a display. */
	public record Result(List<VesselRow> rows) {

		/** For the log: a stack's rows would fill it. */
		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%d frames, vessels on %.4g %s^2, %.4g %s long in all", rows.stream().mapToInt(
				VesselRow::frame).max().orElse(0), rows.stream().mapToDouble(VesselRow::area).sum(), rows.get(0).unit(), rows
					.stream().mapToDouble(VesselRow::length).sum(), rows.get(0).unit());
		}
	}

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
	protected Result execute(final Progress progress) throws IOException {
		Frames.require("input", input);
		final Settings settings = settings();
		final Outlines where = Choice.of("outlines", outlines, Outlines.class);
		if (where == Outlines.MANAGER && GraphicsEnvironment.isHeadless()) throw new IllegalArgumentException(
			"outlines: manager needs a display, but there is none. Choose overlay.");
		try (VesselModel model = new VesselModel(modelChoice(), log()::warn)) {
			final List<String> classes = model.segmenter().classes();
			require(settings, classes);
			final Segmented segmented = segment(model, input, grey(input, settings).warn(log()::warn), settings, progress,
				log()::warn);
			if (where != Outlines.NONE) outline(segmented, classes, where);
			mask = segmented.mask();
			labels = segmented.labels();
			probability = segmented.probability();
			if (table) VesselRow.table(segmented.rows()).show(TABLE);
			return new Result(segmented.rows());
		}
	}

	private void outline(final Segmented segmented, final List<String> classes, final Outlines where) {
		final ImagePlus image = segmented.labels() == null ? segmented.mask() : segmented.labels();
		final List<Roi> all = new ArrayList<>();
		for (int i = 0; i < image.getStackSize(); i++)
			all.addAll(VesselOutlines.of(input, i, (ByteProcessor) image.getStack().getProcessor(i + 1), classes));
		if (where == Outlines.OVERLAY) VesselOutlines.addToOverlay(input, all);
		else VesselOutlines.addToManager(all);
	}
}
