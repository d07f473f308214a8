package sc.fiji.vasomim.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.util.DicomTools;
import ij.util.Tools;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.vasomim.quantify.Catheter;
import sc.fiji.vasomim.quantify.Point;

/**
 * Lengths in px as users are to see them.
 *
 * @param factor of a length in px
 * @param unit mm or px
 */
record PixelSize(double factor, String unit, Source source) {

	static final PixelSize PX = new PixelSize(1, "px", Source.NONE);

	private static final String IMAGER_PIXEL_SPACING = "0018,1164";

	/** Where the factor comes from; on the detector, all is greater than in the patient. */
	enum Source {
		NONE, IMAGE, DETECTOR, CATHETER;

		/** As results and manifests say it. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	private static final Map<String, Double> MM = Map.of("mm", 1.0, "cm", 10.0, "m", 1000.0, "um", 1e-3, "\u00b5m", 1e-3,
		"micron", 1e-3, "microns", 1e-3, "inch", 25.4, "inches", 25.4);

	/** As users choose it. */
	enum Unit {
		AUTO, MM, PX
	}

	/**
	 * @param french outer diameter of the catheter; 0 if it is not used
	 * @param line along the catheter; empty if it is in the image's overlay
	 */
	record Settings(Unit unit, double french, List<Point> line) {

		Settings {
			if (french == 0 && !line.isEmpty()) throw new IllegalArgumentException(
				"catheterline: was given, but catheter is 0. Give the catheter's size in French, or leave the line out.");
			if (french > 0 && unit == Unit.PX) throw new IllegalArgumentException(
				"catheter: was given, but unit is px. Leave it out, or choose mm.");
		}
	}

	/**
	 * @param pixels of the plane that shows the catheter
	 * @param log is told what the catheter gave, of a size that is on the detector, and of pixels that are not square
	 * @throws IllegalArgumentException if mm were asked for but nothing says how large a pixel is; if pixels are not
	 *           square, unless px were asked for
	 */
	static PixelSize of(final ImagePlus image, final RandomAccessibleInterval<? extends RealType<?>> pixels,
		final Settings settings, final Consumer<String> log)
	{
		requireSquare(image, settings.unit, log);
		if (settings.french > 0) return byCatheter(image, pixels, settings, log);
		final PixelSize calibrated = calibrated(image);
		if (settings.unit == Unit.PX || calibrated == null && settings.unit == Unit.AUTO) return PX;
		if (calibrated == null) throw new IllegalArgumentException("unit: mm was chosen, but " + image.getTitle() +
			" has no pixel size in mm. Set it by Analyze>Set Scale, give catheter, or choose px.");
		if (calibrated.source == Source.DETECTOR) log.accept(String.format(Locale.ROOT,
			"%s: its pixels of %.4f mm are on the detector (Imager Pixel Spacing), so that diameters and lengths are too great " +
				"by the projection's magnification, usually 1.3 to 1.5. Calibrate by catheter.", image.getTitle(), calibrated.factor));
		return calibrated;
	}

	/** Else a diameter would depend on the vessel's direction. Files round what they say by less than a hundredth. */
	private static void requireSquare(final ImagePlus image, final Unit unit, final Consumer<String> log) {
		final Calibration calibration = image.getCalibration();
		if (Math.abs(calibration.pixelWidth / calibration.pixelHeight - 1) < 0.01) return;
		final String seen = image.getTitle() + " has pixels of " + calibration.pixelWidth + " x " + calibration.pixelHeight +
			" " + calibration.getUnit() + ", which must be square";
		if (unit != Unit.PX) throw new IllegalArgumentException("input: " + seen +
			". Resample it by Image>Scale, correct Image>Properties, or choose unit=px.");
		log.accept(seen + ": diameters and percent depend on the vessel's direction. Resample it by Image>Scale.");
	}

	private static PixelSize byCatheter(final ImagePlus image, final RandomAccessibleInterval<? extends RealType<?>> pixels,
		final Settings settings, final Consumer<String> log)
	{
		final double width = Catheter.width(pixels, Coordinates.inside("catheterline", settings.line.isEmpty() ? overlayLine(
			image) : settings.line, image));
		final double size = settings.french * Catheter.FRENCH / width;
		log.accept(String.format(Locale.ROOT, "%s: the catheter of %s French is %.2f px wide, so that a pixel is %.4f mm", image.getTitle(),
			settings.french, width, size));
		return new PixelSize(size, "mm", Source.CATHETER);
	}

	/** Our own lines in the overlay are no catheter. */
	private static List<Point> overlayLine(final ImagePlus image) {
		final Overlay overlay = image.getOverlay();
		final List<Roi> lines = overlay == null ? List.of() : Arrays.stream(overlay.toArray()).filter(roi -> roi.isLine() &&
			!StenosisRois.isOurs(roi)).toList();
		if (lines.size() != 1) throw new IllegalArgumentException(
			"catheterline: one line along the catheter is needed in the image's overlay, but there are " + lines.size() +
				". Draw one and press B, or give its points.");
		return Coordinates.line(lines.get(0));
	}

	/** Null if the pixels are of unknown size. */
	private static PixelSize calibrated(final ImagePlus image) {
		final Calibration calibration = image.getCalibration();
		final Double unit = MM.get(calibration.getUnit().toLowerCase(Locale.ROOT));
		if (unit == null) return null;
		final double size = unit * calibration.pixelWidth;
		return new PixelSize(size, "mm", isOnDetector(image, size) ? Source.DETECTOR : Source.IMAGE);
	}

	/** Where Pixel Spacing is the same as Imager Pixel Spacing, it is on the detector, too (PS3.3, 10.7.1). */
	private static boolean isOnDetector(final ImagePlus image, final double size) {
		final String spacing = DicomTools.getTag(image, IMAGER_PIXEL_SPACING);
		return spacing != null && Math.abs(Tools.parseDouble(spacing.split("\\\\")[0].strip()) / size - 1) < 0.01;
	}
}
