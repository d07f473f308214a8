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
 * @param known the classes that ROIs may name, in the order of their groups; may be empty
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
		for (final RoiFile.Entry entry : RoiFile.read(file)) {
			final String name = className(entry, known);
			final int value = classes.value(name.isEmpty() ? classes.names().get(0) : name);
			try {
				if (value != 0) fill(entry.roi(), (byte) value, pixels, width, height);
			}
			catch (final RuntimeException e) {
				// ImageJ meets odd shapes with exceptions of any kind.
				throw new IllegalArgumentException("labels: " + file + ": the ROI " + entry.name() + " " +
					(e instanceof IllegalArgumentException ? e.getMessage() : "can't be filled (" + e + "). Draw it again."), e);
			}
		}
		return pixels;
	}

	private static void fill(final Roi roi, final byte value, final byte[] pixels, final int width, final int height) {
		final Rectangle bounds = roi.getBounds();
		final double stroke = roi.isLine() ? roi.getStrokeWidth() : 1;
		requireFirstSlice(roi);
		// Farther or wider is damaged, and would fill the memory.
		require(bounds.x >= -width && bounds.getMaxX() <= 2.0 * width && bounds.y >= -height && bounds.getMaxY() <= 2.0 *
			height && stroke <= Math.max(width, height), "lies far outside its image of " + width + " x " + height +
				" px. Take the image that it was drawn on.");
		require(stroke >= 1, "is a line without a width. Set its stroke width, or draw an area.");
		final Roi area = roi.isLine() ? Roi.convertLineToArea(roi) : roi;
		require(area != null, "is a line without a length. Remove it.");
		for (final Point p : area)
			if (p.x >= 0 && p.x < width && p.y >= 0 && p.y < height) pixels[p.y * width + p.x] = value;
	}

	/** @throws IllegalArgumentException if it is not on an image's first slice */
	static void requireFirstSlice(final Roi roi) {
		require(roi.getPosition() <= 1 && roi.getCPosition() <= 1 && roi.getZPosition() <= 1 && roi.getTPosition() <= 1,
			"lies on another slice than the first. Save images and ROIs slice by slice.");
	}

	private static void require(final boolean holds, final String otherwise) {
		if (!holds) throw new IllegalArgumentException(otherwise);
	}

	/**
	 * The class of a ROI: its name without the number that counts ROIs of one name, unless it has none of its own; then
	 * that of its group.
	 *
	 * @param known classes in the order of their groups; a name that is one of them is kept whole. If none are known,
	 *          groups are called by their numbers
	 * @return empty if the ROI has neither name nor group, unless a single class is known
	 */
	static String className(final RoiFile.Entry entry, final List<String> known) {
		final String name = entry.name();
		if (known.contains(name)) return name;
		final String bare = NUMBER.matcher(name).replaceFirst("");
		if (known.contains(bare)) return bare;
		if (!name.isEmpty() && !BY_PLACE.matcher(name).matches()) return COUNTER.matcher(name).replaceFirst("");
		if (entry.group() > 0) return entry.group() <= known.size() ? known.get(entry.group() - 1) : String.valueOf(entry
			.group());
		return known.size() == 1 ? known.get(0) : "";
	}

	@Override
	public String version() throws IOException {
		return MaskFile.version(file) + "\0" + known + classes.names();
	}
}
