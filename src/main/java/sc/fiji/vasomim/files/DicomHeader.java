package sc.fiji.vasomim.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import javax.imageio.stream.ImageInputStream;

/**
 * The elements of a DICOM file (PS3.10, explicit or implicit VR little endian) that describe its pixels. All others,
 * the patient's among them, are stepped over and never read. ImageJ's own reader is not used because it depends on the
 * user's preferences, calls commands on the current image and shows missing pixels as black.
 */
final class DicomHeader {

	static final int NUMBER_OF_FRAMES = 0x00280008;
	static final int ROWS = 0x00280010;
	static final int COLUMNS = 0x00280011;
	static final int SAMPLES_PER_PIXEL = 0x00280002;
	static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
	static final int PLANAR_CONFIGURATION = 0x00280006;
	static final int BITS_ALLOCATED = 0x00280100;
	static final int BITS_STORED = 0x00280101;
	static final int PIXEL_REPRESENTATION = 0x00280103;
	static final int PIXEL_SPACING = 0x00280030;
	static final int IMAGER_PIXEL_SPACING = 0x00181164;
	static final int FRAME_TIME = 0x00181063;
	static final int RESCALE_INTERCEPT = 0x00281052;
	static final int RESCALE_SLOPE = 0x00281053;
	static final int WINDOW_CENTER = 0x00281050;
	static final int WINDOW_WIDTH = 0x00281051;
	static final int VOI_LUT_FUNCTION = 0x00281056;

	private static final int TRANSFER_SYNTAX = 0x00020010;
	private static final int PIXEL_DATA = 0x7fe00010;
	private static final int ITEM = 0xfffee000;
	private static final int ITEM_END = 0xfffee00d;
	private static final int SEQUENCE_END = 0xfffee0dd;
	private static final long UNDEFINED = 0xffffffffL;
	private static final int MAX_DEPTH = 32;

	private static final Set<Integer> NUMBERS = Set.of(ROWS, COLUMNS, SAMPLES_PER_PIXEL, PLANAR_CONFIGURATION,
		BITS_ALLOCATED, BITS_STORED, PIXEL_REPRESENTATION);

	private static final Set<Integer> TEXTS = Set.of(TRANSFER_SYNTAX, NUMBER_OF_FRAMES, PHOTOMETRIC_INTERPRETATION,
		PIXEL_SPACING, IMAGER_PIXEL_SPACING, FRAME_TIME, RESCALE_INTERCEPT, RESCALE_SLOPE, WINDOW_CENTER, WINDOW_WIDTH,
		VOI_LUT_FUNCTION);

	private static final Set<String> LONG_FORMS =
		Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

	private final ImageInputStream stream;

	private final Map<Integer, String> values = new HashMap<>();

	private boolean explicit = true;

	/** Whether the element whose length was read last is of VR UN. */
	private boolean unknown;

	private long pixelBytes = -1;

	/**
	 * Reads up to the pixels and leaves the stream there.
	 *
	 * @throws IOException if the pixels are compressed or missing, or the file is cut
	 */
	DicomHeader(final ImageInputStream stream) throws IOException {
		this.stream = stream;
		stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		stream.seek(132);
		boolean meta = true;
		while (pixelBytes < 0) {
			if (stream.getStreamPosition() >= stream.length()) throw new IOException("it holds no pixels");
			if (meta && nextGroup() != 2) {
				meta = false;
				explicit = TransferSyntax.isExplicit(text(TRANSFER_SYNTAX, TransferSyntax.IMPLICIT));
			}
			element(0);
		}
	}

	/** The length of the pixel data in bytes, as the header announces it. */
	long pixelBytes() {
		return pixelBytes;
	}

	boolean has(final int tag) {
		return values.containsKey(tag);
	}

	/** The element as it stands in the file, without padding; null if it is not there. */
	String text(final int tag) {
		return values.get(tag);
	}

	/** The first of an element's values, or the fallback. */
	String text(final int tag, final String fallback) {
		return text(tag, 0, fallback);
	}

	/** The first of an element's values, or the fallback. */
	double number(final int tag, final double fallback) throws IOException {
		return number(tag, 0, fallback);
	}

	/** @param index which of the element's values is wanted, from 0 */
	double number(final int tag, final int index, final double fallback) throws IOException {
		final String text = text(tag, index, null);
		if (text == null) return fallback;
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw new IOException("DICOM element " + name(tag) + " is not a number", e);
		}
	}

	int integer(final int tag, final int fallback) throws IOException {
		return (int) number(tag, fallback);
	}

	private String text(final int tag, final int index, final String fallback) {
		final String[] parts = values.getOrDefault(tag, "").split("\\\\");
		return parts.length <= index || parts[index].isBlank() ? fallback : parts[index].trim();
	}

	/** The form in which ImageJ names an element, {@code 0028,1050}. */
	static String name(final int tag) {
		return String.format("%04X,%04X", tag >>> 16, tag & 0xffff);
	}

	private int nextGroup() throws IOException {
		stream.mark();
		final int group = stream.readUnsignedShort();
		stream.reset();
		return group;
	}

	private int tag() throws IOException {
		return stream.readUnsignedShort() << 16 | stream.readUnsignedShort();
	}

	/** Steps over one element, keeping its value if it is wanted; returns its tag. */
	private int element(final int depth) throws IOException {
		final int tag = tag();
		if (tag == ITEM_END) {
			stream.readUnsignedInt();
			return tag;
		}
		if (tag >>> 16 == 0xfffe) throw new IOException("a DICOM sequence is damaged");
		final long length = length();
		if (depth == 0 && tag == PIXEL_DATA) {
			if (length == UNDEFINED) throw new IOException("its pixels are compressed, though it says otherwise");
			pixelBytes = length;
		}
		else if (length == UNDEFINED) {
			// A sequence of unknown VR is written in implicit VR, whatever the file is (PS3.5, 6.2.2).
			final boolean before = explicit;
			explicit = explicit && !unknown;
			skipSequence(depth + 1);
			explicit = before;
		}
		else if (depth == 0 && NUMBERS.contains(tag) && length == 2) {
			values.put(tag, Integer.toString(stream.readUnsignedShort()));
		}
		else if (depth == 0 && TEXTS.contains(tag) && length <= 1024) {
			final byte[] bytes = new byte[(int) length];
			stream.readFully(bytes);
			values.put(tag, new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ').trim());
		}
		else skip(length);
		return tag;
	}

	private long length() throws IOException {
		unknown = false;
		if (!explicit) return stream.readUnsignedInt();
		final String vr = "" + (char) stream.readUnsignedByte() + (char) stream.readUnsignedByte();
		unknown = vr.equals("UN");
		if (!LONG_FORMS.contains(vr)) return stream.readUnsignedShort();
		stream.readUnsignedShort();
		return stream.readUnsignedInt();
	}

	private void skipSequence(final int depth) throws IOException {
		if (depth > MAX_DEPTH) throw new IOException("its DICOM sequences are nested too deeply");
		for (int tag = tag(); ; tag = tag()) {
			final long length = stream.readUnsignedInt();
			if (tag == SEQUENCE_END) return;
			if (tag != ITEM) throw new IOException("a DICOM sequence is damaged");
			if (length != UNDEFINED) skip(length);
			else while (element(depth) != ITEM_END) continue;
		}
	}

	private void skip(final long length) throws IOException {
		if (length > stream.length() - stream.getStreamPosition()) throw new EOFException();
		stream.skipBytes(length);
	}
}
