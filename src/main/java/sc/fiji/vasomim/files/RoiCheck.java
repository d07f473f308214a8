package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

import ij.io.RoiDecoder;

/** Reads what a ROI announces: ImageJ's decoder believes any number, and may fill the memory or never end. */
final class RoiCheck {

	/** Of one ROI, in bytes. */
	static final int LARGEST = 1 << 24;

	private static final int MAGIC = 0x496f7574; // "Iout"

	private static final int RECTANGLE = 1, OVAL = 2, LINE = 3;

	/** Polygon, freehand line, polyline, freehand, traced, angle and points. */
	private static final Set<Integer> STORES_POINTS = Set.of(0, 4, 5, 7, 8, 9, 10);

	/** Largest coordinate of either sign, in px. */
	private static final float FARTHEST = 65_535;

	private RoiCheck() {}

	/** @throws IOException if the bytes are no ROI, are text or an image, or announce more than there is */
	static void check(final byte[] bytes) throws IOException {
		if (bytes.length > LARGEST) throw new IOException("it is larger than " + (LARGEST >> 20) + " MiB");
		final ByteBuffer roi = ByteBuffer.wrap(bytes);
		if (bytes.length < RoiDecoder.COORDINATES || roi.getInt(0) != MAGIC) throw new IOException("it is no ImageJ ROI");
		final int subtype = roi.getShort(RoiDecoder.SUBTYPE);
		// Decoding these opens fonts and images.
		if (subtype == RoiDecoder.TEXT) throw RoiFile.refused("Text");
		if (subtype == RoiDecoder.IMAGE) throw RoiFile.refused("Image");
		final int shape = count(roi, RoiDecoder.SHAPE_ROI_SIZE);
		final int header = roi.getInt(RoiDecoder.HEADER2_OFFSET);
		if (header != 0) {
			count(roi, header + RoiDecoder.NAME_LENGTH);
			count(roi, header + RoiDecoder.ROI_PROPS_LENGTH);
		}
		final int type = roi.get(RoiDecoder.TYPE);
		if (shape > 0) coordinates(roi, RoiDecoder.COORDINATES, shape);
		else if (subtype == RoiDecoder.ELLIPSE || subtype == RoiDecoder.ROTATED_RECT) {
			coordinates(roi, RoiDecoder.X1, 4);
			coordinates(roi, RoiDecoder.FLOAT_PARAM, 1);
		}
		else if (type == RECTANGLE || type == OVAL || type == LINE) coordinates(roi, RoiDecoder.X1, 4);
		else if (STORES_POINTS.contains(type)) {
			final int few = roi.getShort(RoiDecoder.N_COORDINATES) & 0xffff;
			final int points = few > 0 ? few : count(roi, RoiDecoder.SIZE);
			final boolean fractions = (roi.getShort(RoiDecoder.OPTIONS) & RoiDecoder.SUB_PIXEL_RESOLUTION) != 0;
			if (fractions) coordinates(roi, RoiDecoder.COORDINATES + 4 * points, 2 * points);
		}
	}

	private static int count(final ByteBuffer roi, final int place) throws IOException {
		final int count = roi.getInt(place);
		if (count < 0 || count > roi.limit()) throw new IOException("it announces " + count + " values in " + roi.limit() +
			" bytes");
		return count;
	}

	private static void coordinates(final ByteBuffer roi, final int place, final int count) throws IOException {
		for (int i = 0; i < count; i++) {
			final float value = roi.getFloat(place + 4 * i);
			if (!(Math.abs(value) <= FARTHEST)) throw new IOException("it has the coordinate " + value);
		}
	}
}
