package sc.fiji.vasomim.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import net.imglib2.parallel.TaskExecutors;

import sc.fiji.vasomim.batch.Progress;

/** Measures the vessels of an angiogram, and how far they are narrowed. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Stenosis>Quantify Stenosis...",
	label = "Quantify Stenosis", headless = true,
	description = "Diameters and diameter stenosis along the vessels of an angiogram. For research use only, not for diagnosis.")
public class QuantifyStenosis extends AbstractQuantifyStenosis implements Previewable {

	@Parameter(label = "Angiogram",
		description = "8-bit, 16-bit, 32-bit or RGB; a line along a vessel picks it, a selected area limits the mask")
	private ImagePlus input;

	@Parameter(label = "Mask (empty: made)", required = false, persist = false,
		description = "Vessel mask: title of an open image or a file; empty: as Extract Vascular Anatomy makes it")
	private String mask = "";

	@Parameter(label = "Frames", choices = { "current", "all" }, persist = false,
		description = "Planes of a stack to measure")
	private String frames = "current";

	@Parameter(label = "Preview", persist = false, description = "Show centrelines, edges and lesions of the current plane")
	private boolean preview = false;

	@Parameter(label = "Diameter plot", type = ItemIO.OUTPUT,
		description = "RGB, of each plane: the vessel with the tightest lesion, or else the longest one")
	private ImagePlus plot;

	private final StenosisPreview shown = new StenosisPreview(this::status);

	/**
	 * For scripts; the same rows stand in the table that opens where there is a display.
	 *
	 * @param blur px; NaN if not used
	 * @param pixelsize in the unit
	 * @param calibration where it comes from: none, image, detector (too great for the patient) or catheter
	 */
	public record Result(List<StenosisRow> rows, int vessels, double blur, String unit, double pixelsize,
		String calibration)
	{

		/** For the log: a stack's rows would fill it. */
		@Override
		public String toString() {
			return rows.size() + " lesions in " + vessels + " vessels" + (rows.isEmpty() ? "" : String.format(Locale.ROOT,
				", the tightest of %.0f %%", rows.stream().mapToDouble(StenosisRow::percent).max().orElseThrow()));
		}
	}

	@Override
	public void preview() {
		if (preview) shown.show(input, mask, this);
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
		final VesselMasks masks = new VesselMasks(input, VesselMasks.find(mask), TaskExecutors.multiThreaded(), log()::warn);
		final List<Integer> planes = frames.equals("all") ? IntStream.range(0, input.getStackSize()).boxed().toList() : List
			.of(input.getCurrentSlice() - 1);
		final StenosisResults results = quantify(input, Frames.grey(input, settings.vessels()).warn(log()::warn), planes, masks,
			settings, progress, log()::warn);
		StenosisRois.show(results);
		results.lesions().show("Stenoses");
		results.profiles().open("Diameters of " + input.getTitle());
		plot = results.plot();
		return results.result();
	}
}
