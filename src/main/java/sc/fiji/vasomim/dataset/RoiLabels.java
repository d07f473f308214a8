package sc.fiji.vasomim.dataset;

import java.awt.Point;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import ij.gui.Roi;

import sc.fiji.vasomim.files.RoiFile;

/**
 * ImageJ's ROIs of one image: areas as Create Mask fills them, lines as wide as their stroke; the later one wins.
 *
 * @param file a {@code .roi} file or a zip of them
 * @param known the classes that ROIs may name, in the order of their groups
 * @param classes those that are wanted
 */
record RoiLabels(Path file, List<String> known, Classes classes) implements Labels {

	/** As the ROI Manager calls what nobody named: slice, y and x, of 4 to 6 digits. */
	private static final Pattern BY_PLACE = Pattern.compile("(\\d{4,6}-)?\\d{4,6}-\\d{4,6}(-\\d+)?");

	/** As the ROI Manager tells ROIs of one name apart. */
	private static final Pattern COUNTER = Pattern.compile("[-_]\\d+$");

	private static final Pattern NUMBER = Pattern.compile("[-_ ]*\\d+$");

	@Override
	public byte[] read(final int width, final int height) throws IOException {
		final byte[] pixels = new byte[width * height];
		for (final Roi roi : RoiFile.read(file)) {
			final int value = classes.value(name(roi, known));
			if (value != 0) fill(roi, value, pixels, width, height);
		}
		return pixels;
	}

	private void fill(final Roi roi, final int value, final byte[] pixels, final int width, final int height) {
		final Rectangle bounds = roi.getBounds();
		final double stroke = roi.isLine() ? roi.getStrokeWidth() : 1;
		if (roi.getPosition() > 1 || Math.max(roi.getCPosition(), Math.max(roi.getZPosition(), roi
			.getTPosition())) > 1) throw refused(roi,
			"lies on another slice than the first. Save images and ROIs slice by slice.");
		// Wider than this is damaged, and would fill the memory.
		if (bounds.x < -width || bounds.getMaxX() > 2.0 * width || bounds.y < -height || bounds.getMaxY() > 2.0 * height ||
			stroke > Math.max(width, height)) throw refused(roi, "lies far outside its image of " + width + " x " + height +
				" px. Take the image that it was drawn on.");
		if (stroke < 1) throw refused(roi, "is a line without a width. Set its stroke width, or draw an area.");
		for (final Point point : roi.isLine() ? Roi.convertLineToArea(roi) : roi)
			if (point.x >= 0 && point.x < width && point.y >= 0 && point.y < height) pixels[point.y * width + point.x] =
				(byte) value;
	}

	private IllegalArgumentException refused(final Roi roi, final String why) {
		return new IllegalArgumentException("labels: " + file + ": the ROI " + (roi.getName() == null ? "" : roi
			.getName() + " ") + why);
	}

	/**
	 * The class of a ROI: its name without the number that counts ROIs of one name, unless it has none of its own; then
	 * that of its group, a number if it is not known.
	 *
	 * @param known classes; a name that is one of them is kept whole
	 * @return empty if the ROI has neither name nor group, unless a single class is known
	 */
	static String name(final Roi roi, final List<String> known) {
		final String name = roi.getName() == null ? "" : roi.getName().strip();
		if (known.contains(name)) return name;
		final String bare = NUMBER.matcher(name).replaceFirst("");
		if (known.contains(bare)) return bare;
		if (!name.isEmpty() && !BY_PLACE.matcher(name).matches()) return COUNTER.matcher(name).replaceFirst("");
		final int group = roi.getGroup();
		if (group > 0) return group <= known.size() ? known.get(group - 1) : String.valueOf(group);
		return known.size() == 1 ? known.get(0) : "";
	}

	@Override
	public String version() throws IOException {
		return MaskFile.version(file) + "\0" + known + classes.names();
	}
}
