package sc.fiji.vasomim.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import ij.gui.Arrow;
import ij.gui.Roi;
import ij.io.RoiDecoder;

/** ImageJ's ROIs, from a {@code .roi} file or from a zip of them as the ROI Manager saves it. */
public final class RoiFile {

	/**
	 * One ROI.
	 *
	 * @param name empty if it has none
	 * @param group 0 if it has none; the ROI itself tells none
	 */
	public record Entry(String name, int group, Roi roi) {}

	/** Of one ROI in bytes, and of the ROIs of a zip: more is a mistake, or meant to fill the memory. */
	private static final int LARGEST = 1 << 24;

	private static final int MOST = 100_000;

	private static final int MAGIC = 0x496f7574; // "Iout"

	private static final int HEADER = 64;

	/** The codes in a file of polygon, freehand line, polyline, freehand, traced, angle and points. */
	private static final Set<Integer> STORES_POINTS = Set.of(0, 4, 5, 7, 8, 9, 10);

	/** The format's version that brought groups. */
	private static final int WITH_GROUPS = 228;

	private RoiFile() {}

	/**
	 * The ROIs in the file's order; none of an empty zip. One that is named after its file has no name.
	 *
	 * @throws IOException naming the file and the ROI, if it is damaged or neither an area nor a line: text, arrows, angles,
	 *           points, images; or if there is none
	 */
	public static List<Entry> read(final Path file) throws IOException {
		try (InputStream stream = Files.newInputStream(file)) {
			final byte[] head = stream.readNBytes(2);
			if (head.length < 2) throw new IOException("it is empty");
			if (head[0] == 'P' && head[1] == 'K') return readZip(file);
			final String name = file.getFileName().toString();
			final Entry entry = decode(Files.readAllBytes(file), name);
			// ImageJ calls a selection after the file in which it is saved.
			return List.of(name.equals(entry.name + ".roi") ? new Entry("", entry.group, entry.roi) : entry);
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
	}

	private static List<Entry> readZip(final Path file) throws IOException {
		final List<Entry> rois = new ArrayList<>();
		boolean others = false;
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				final String name = entry.getName();
				final byte[] bytes = zip.readNBytes(LARGEST + 1);
				// Beside each file, macOS packs one of attributes of the same ending.
				if (!name.endsWith(".roi") || name.startsWith("__MACOSX/")) others = true;
				else rois.add(decode(bytes, name.substring(name.lastIndexOf('/') + 1)));
				if (rois.size() > MOST) throw new IOException("it holds more than " + MOST + " ROIs");
			}
		}
		if (rois.isEmpty() && others) throw new IOException("it holds no .roi files");
		return rois;
	}

	private static Entry decode(final byte[] bytes, final String name) throws IOException {
		try {
			check(bytes);
			final int group = takeGroup(bytes);
			final Roi roi = new RoiDecoder(bytes, name).getRoi();
			if (roi == null) throw new IOException("it has no points");
			if (!roi.isArea() && !roi.isLine() || roi.getType() == Roi.ANGLE || roi instanceof Arrow) throw refused(roi
				.getTypeAsString());
			return new Entry(roi.getName() == null ? "" : roi.getName().strip(), group, roi);
		}
		catch (final IOException e) {
			throw new IOException("ROI " + name + ": " + e.getMessage(), e);
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			// RoiDecoder meets damaged files with exceptions of any kind.
			throw new IOException("ROI " + name + ": it is damaged (" + e + ")", e);
		}
	}

	/** What RoiDecoder would not doubt: arrays larger than the file, and images and fonts in it. */
	private static void check(final byte[] bytes) throws IOException {
		if (bytes.length > LARGEST) throw new IOException("it is larger than " + (LARGEST >> 20) + " MiB");
		final ByteBuffer roi = ByteBuffer.wrap(bytes);
		if (bytes.length < HEADER || roi.getInt() != MAGIC) throw new IOException("it is no ImageJ ROI");
		final int subtype = roi.getShort(RoiDecoder.SUBTYPE);
		if (subtype == RoiDecoder.TEXT) throw refused("Text");
		if (subtype == RoiDecoder.IMAGE) throw refused("Image");
		final int header = roi.getInt(RoiDecoder.HEADER2_OFFSET);
		final int points = roi.getShort(RoiDecoder.N_COORDINATES) != 0 || !STORES_POINTS.contains((int) roi.get(
			RoiDecoder.TYPE)) ? 0 : roi.getInt(RoiDecoder.SIZE);
		final int name = header == 0 ? 0 : roi.getInt(header + RoiDecoder.NAME_LENGTH);
		final int properties = header == 0 ? 0 : roi.getInt(header + RoiDecoder.ROI_PROPS_LENGTH);
		for (final int count : new int[] { points, roi.getInt(RoiDecoder.SHAPE_ROI_SIZE), name, properties })
			if (count < 0 || count > bytes.length) throw new IOException("it announces " + count + " values in " + bytes.length +
				" bytes");
	}

	/** Removes it, too: decoding a group looks for the colours of groups in ImageJ's folder, and complains if there is none. */
	private static int takeGroup(final byte[] bytes) {
		final int place = ByteBuffer.wrap(bytes).getInt(RoiDecoder.HEADER2_OFFSET) + RoiDecoder.GROUP;
		if (place < HEADER || place >= bytes.length || ByteBuffer.wrap(bytes).getShort(RoiDecoder.VERSION_OFFSET) < WITH_GROUPS)
			return 0;
		final int group = bytes[place] & 0xff;
		bytes[place] = 0;
		return group;
	}

	private static IOException refused(final String type) {
		return new IOException(type + " selections have no area. Remove it, or draw an area or a wide line instead.");
	}
}
