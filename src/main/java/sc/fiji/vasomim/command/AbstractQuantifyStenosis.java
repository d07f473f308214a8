package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule.Polarity;
import sc.fiji.vasomim.quantify.Point;
import sc.fiji.vasomim.quantify.StenosisSettings;

/** What Quantify Stenosis and its sibling on files share. */
abstract class AbstractQuantifyStenosis extends VasoMIMCommand {

	@Parameter(label = "Line along the vessel (empty: all)", required = false, persist = false,
		description = "x1,y1,x2,y2,... in px; empty: a line selection of the image, or else all vessels of the mask")
	private String line = "";

	@Parameter(label = "Least diameter stenosis (%)", style = DECIMALS, min = "5", max = "99", persist = false,
		description = "Of a lesion")
	private double leaststenosis = StenosisSettings.DEFAULT.threshold();

	@Parameter(label = "Least diameter (px)", style = DECIMALS, min = "1", max = "100", persist = false,
		description = "Of healthy vessels: thinner ones are too near the blur to be graded")
	private double leastdiameter = StenosisSettings.DEFAULT.smallest();

	@Parameter(label = "Correct for blur", persist = false,
		description = "Diameters of blurred tubes fitted across the vessel; else the distances of the gradient edges")
	private boolean correct = true;

	@Parameter(label = "Blur (px, 0: measured)", style = DECIMALS, min = "0", max = "5", stepSize = "0.1", persist = false,
		description = "Standard deviation of the image's unsharpness, 0.3 or more; 0: taken from the image's vessels")
	private double blur = 0;

	@Parameter(label = "<html><b>Calibration</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String calibrationhead = "";

	@Parameter(label = "Unit", choices = { "auto", "mm", "px" }, persist = false,
		description = "auto: mm if the image or the catheter is calibrated, else px")
	private String unit = "auto";

	@Parameter(label = "Catheter (French, 0: none)", style = DECIMALS, min = "0", max = "20", stepSize = "1", persist = false,
		description = "Outer diameter, for calibration by a line along the catheter; 0: by the image's pixel size")
	private double catheter = 0;

	@Parameter(label = "Line along it (empty: overlay)", required = false, persist = false,
		description = "x1,y1,x2,y2,... in px; empty: the line in the image's overlay (draw it, then press B)")
	private String catheterline = "";

	@Parameter(label = "<html><b>Image and mask</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String maskhead = "";

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them")
	private String vessels = "auto";

	/** All that the results depend on besides images, masks and selections. */
	record Settings(StenosisSettings stenosis, List<Point> line, PixelSize.Settings size, Polarity vessels) {

		/** As given, or else the image's selection; empty for all vessels. */
		List<Point> line(final ImagePlus image) {
			return Coordinates.inside("line", line.isEmpty() ? Coordinates.line(image) : line, image);
		}
	}

	Settings settings() {
		ParameterLimits.requireUsed("blur", correct || blur == 0, "correct is false");
		return new Settings(new StenosisSettings(correct, blur, leaststenosis, leastdiameter), Coordinates.parse("line", line),
			new PixelSize.Settings(Choice.of("unit", unit, PixelSize.Unit.class), catheter, Coordinates.parse("catheterline",
				catheterline)), Choice.of("vessels", vessels, Polarity.class));
	}

	/**
	 * @param grey what masks are made of; the image's own values are measured
	 * @param planes numbers of those to measure, from 0
	 * @param masks for them, or null to make one of each plane
	 * @param log is told what a selection means, and what was not found
	 */
	static StenosisResults quantify(final ImagePlus image, final Frames.Grey grey, final List<Integer> planes,
		final VesselMasks masks, final Settings settings, final Progress progress, final Consumer<String> log)
	{
		final PixelSize size = PixelSize.of(image, OwnValues.plane(image, grey, planes.get(0)), settings.size(), log);
		final List<Point> line = settings.line(image);
		final List<StenosisPlane> measured = new ArrayList<>();
		for (int i = 0; i < planes.size(); i++) {
			if (progress.isCanceled()) throw new CancellationException("after " + i + " of " + planes.size() + " planes");
			final int plane = planes.get(i);
			final RandomAccessibleInterval<UnsignedByteType> pixels = grey.planes().get(plane);
			try {
				measured.add(StenosisPlane.of(plane, OwnValues.plane(image, grey, plane), masks.of(plane, pixels, progress), line,
					settings.stenosis(), progress));
			}
			catch (final IllegalArgumentException e) {
				// In a run, the first frames show no contrast agent yet.
				if (measured.isEmpty() && i == planes.size() - 1) throw e;
				log.accept(image.getTitle() + ", plane " + (plane + 1) + ": " + e.getMessage());
			}
			progress.report(i + 1, planes.size(), image.getTitle());
		}
		final StenosisResults results = new StenosisResults(image, size, measured);
		results.tell(settings.stenosis().threshold(), log);
		return results;
	}
}
