package sc.fiji.vasomim.files;

import java.util.Locale;

import ij.ImagePlus;
import ij.util.DicomTools;

/**
 * The value-of-interest window of a DICOM image: which values are shown from black to white (PS3.3 C.11.2).
 *
 * @param center in the image's calibrated values
 * @param width as center; at least 1 for LINEAR, above 0 else
 */
public record VoiWindow(double center, double width, Function function) {

	/** The formulas of C.11.2.1.2.1, C.11.2.1.3.2 and C.11.2.1.3.1. */
	public enum Function {
		LINEAR, LINEAR_EXACT, SIGMOID
	}

	public VoiWindow {
		if (!Double.isFinite(center)) throw new IllegalArgumentException("center: must be finite, but is " + center);
		if (!(width >= (function == Function.LINEAR ? 1 : Double.MIN_VALUE)) || Double.isInfinite(width)) {
			throw new IllegalArgumentException("width: must be at least 1 (LINEAR) or above 0, but is " + width);
		}
	}

	/**
	 * The first window of an image that ImageJ or {@link ImageFile} read from DICOM; null if there is none that can be
	 * used.
	 */
	static VoiWindow of(final ImagePlus image) {
		final String center = tag(image, "0028,1050");
		final String width = tag(image, "0028,1051");
		if (center == null || width == null) return null;
		final String function = tag(image, "0028,1056");
		try {
			return new VoiWindow(Double.parseDouble(center), Double.parseDouble(width),
				function == null ? Function.LINEAR : Function.valueOf(function.toUpperCase(Locale.ROOT)));
		}
		catch (final IllegalArgumentException e) {
			return null;
		}
	}

	/** Whether the image's low values are meant to be white. */
	static boolean isMonochrome1(final ImagePlus image) {
		return "MONOCHROME1".equals(tag(image, "0028,0004"));
	}

	/** Where black ends. */
	double low() {
		return function == Function.LINEAR ? center - .5 - (width - 1) / 2 : center - width / 2;
	}

	/** Where white begins. */
	double high() {
		return function == Function.LINEAR ? center - .5 + (width - 1) / 2 : center + width / 2;
	}

	/** A value's grey, 0..1. */
	double grey(final double value) {
		if (function == Function.SIGMOID) return 1 / (1 + Math.exp(-4 * (value - center) / width));
		if (value <= low()) return 0;
		return value > high() ? 1 : (value - low()) / (high() - low());
	}

	private static String tag(final ImagePlus image, final String id) {
		final String value = DicomTools.getTag(image, id);
		return value == null || value.isBlank() ? null : value.trim().split("\\\\")[0].trim();
	}
}
