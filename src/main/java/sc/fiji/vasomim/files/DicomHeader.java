package sc.fiji.vasomim.files;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The elements of a DICOM file (PS3.10, explicit or implicit VR little endian) that describe its pixels. All others,
 * the patient's among them, are stepped over and not kept, but for those that {@link DicomPatient} asks for. ImageJ's own reader is not used because it depends on the
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
	static final int HIGH_BIT = 0x00280102;
	static final int PIXEL_REPRESENTATION = 0x00280103;
	static final int PIXEL_SPACING = 0x00280030;
	static final int IMAGER_PIXEL_SPACING = 0x00181164;
	static final int FRAME_TIME = 0x00181063;
	static final int CINE_RATE = 0x00180040;
	static final int DISPLAY_FRAME_RATE = 0x00082144;
	static final int RESCALE_INTERCEPT = 0x00281052;
	static final int RESCALE_SLOPE = 0x00281053;
	static final int WINDOW_CENTER = 0x00281050;
	static final int WINDOW_WIDTH = 0x00281051;
	static final int VOI_LUT_FUNCTION = 0x00281056;

	private static final int TRANSFER_SYNTAX = 0x00020010;
	private static final int PIXEL_DATA = 0x7fe00010;
	static final int ITEM = 0xfffee000;
	static final int SEQUENCE_END = 0xfffee0dd;

	private static final int ITEM_END = 0xfffee00d;
	private static final long UNDEFINED = 0xffffffffL;
	private static final int MAX_DEPTH = 32;

	private static final Set<Integer> NUMBERS = Set.of(ROWS, COLUMNS, SAMPLES_PER_PIXEL, PLANAR_CONFIGURATION,
		BITS_ALLOCATED, BITS_STORED, HIGH_BIT, PIXEL_REPRESENTATION);

	private static final Set<Integer> TEXTS = Set.of(TRANSFER_SYNTAX, NUMBER_OF_FRAMES, PHOTOMETRIC_INTERPRETATION,
		PIXEL_SPACING, IMAGER_PIXEL_SPACING, FRAME_TIME, CINE_RATE, DISPLAY_FRAME_RATE, RESCALE_INTERCEPT, RESCALE_SLOPE,
		WINDOW_CENTER, WINDOW_WIDTH, VOI_LUT_FUNCTION);

	private static final Set<String> LONG_FORMS =
		Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

	private final Map<Integer, String> values = new HashMap<>();

	private final Set<Integer> more;

	private ImageInputStream stream;

	/** Where the stream ends. */
	private long end;

	private TransferSyntax syntax = TransferSyntax.EXPLICIT;

	private boolean explicit = true;

	/** Whether the element whose length was read last is of VR UN. */
	private boolean unknown;

	private long pixelBytes = -1;

	/**
	 * Reads up to the pixels and leaves the stream there.
	 *
	 * @throws IOException if the transfer syntax is not supported, the pixels are missing, or the file is cut
	 */
	DicomHeader(final ImageInputStream file) throws IOException {
		this(file, Set.of());
	}

	/** @param more texts that are kept besides those that describe the pixels */
	DicomHeader(final ImageInputStream file, final Set<Integer> more) throws IOException {
		this.more = more;
		stream = file;
		end = file.length();
		stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		stream.seek(132);
		boolean meta = true;
		while (pixelBytes < 0) {
			if (stream.getStreamPosition() >= end) throw new IOException("it holds no pixels");
			if (meta && nextGroup() != 2) {
				meta = false;
				syntax = TransferSyntax.of(text(TRANSFER_SYNTAX, null));
				if (syntax == TransferSyntax.DEFLATED) inflate();
				explicit = statesType();
			}
			element(0);
		}
	}

	/** The file, or what was deflated in it, at the first byte of the pixels, little-endian; it need not be closed. */
	ImageInputStream stream() {
		return stream;
	}

	/** The number of bytes from the stream's position to its end. */
	long remaining() throws IOException {
		return end - stream.getStreamPosition();
	}

	TransferSyntax syntax() {
		return syntax;
	}

	/** The length of the pixel data in bytes, as the header announces it; unknown ({@code 0xFFFFFFFF}) in fragments. */
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
			// The cause would repeat what stands there, which in a damaged file may be a name.
			throw new IOException("DICOM element " + name(tag) + " is not a number");
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

	/** All elements after the file's meta information are deflated as one (PS3.5, A.5). */
	private void inflate() throws IOException {
		final byte[] deflated = new byte[(int) Math.min(remaining(), Integer.MAX_VALUE - 8)];
		stream.readFully(deflated);
		final Inflater inflater = new Inflater(true);
		try {
			// A few bytes can stand for gigabytes.
			final int limit = (int) Math.min(Runtime.getRuntime().maxMemory() / 4, Integer.MAX_VALUE - 8);
			final byte[] bytes = new InflaterInputStream(new ByteArrayInputStream(deflated), inflater).readNBytes(limit);
			if (bytes.length == limit) throw new IOException("it is too large to be inflated in memory");
			end = bytes.length;
			stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
			stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		}
		finally {
			inflater.end();
		}
	}

	/** Files err about this in their syntax; but the first element is short, so that its length is never two letters. */
	private boolean statesType() throws IOException {
		stream.mark();
		stream.skipBytes(4);
		final int first = stream.readUnsignedByte();
		final int second = stream.readUnsignedByte();
		stream.reset();
		return first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
	}

	private int nextGroup() throws IOException {
		stream.mark();
		final int group = stream.readUnsignedShort();
		stream.reset();
		return group;
	}

	/** The tag at the stream's position. */
	int tag() throws IOException {
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
			if (length == UNDEFINED == (syntax.coding() == TransferSyntax.Coding.NONE)) {
				throw new IOException("its pixels are not stored as its transfer syntax says");
			}
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
		else if (depth == 0 && (TEXTS.contains(tag) || more.contains(tag)) && length <= 1024) {
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
		if (length > remaining()) throw new EOFException();
		stream.skipBytes(length);
	}
}
