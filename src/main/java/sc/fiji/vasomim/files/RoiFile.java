package sc.fiji.vasomim.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import ij.gui.Arrow;
import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;

/** ImageJ's ROIs, from a {@code .roi} file or from a zip of them as the ROI Manager saves it. */
public final class RoiFile {

	/**
	 * One ROI.
	 *
	 * @param name empty if it has none
	 * @param group 0 if it has none; the ROI itself tells none
	 */
	public record Entry(String name, int group, Roi roi) {}

	/** Of the ROIs of a zip: more is a mistake, or meant to fill the memory. */
	private static final int MOST = 100_000;

	/** The format's version that brought groups. */
	private static final int WITH_GROUPS = 228;

	private RoiFile() {}

	/**
	 * The ROIs in the file's order; none of an empty zip. One that is named after its file has no name.
	 *
	 * @throws IOException naming the file and the ROI, if it is damaged or neither an area nor a line: text, arrows,
	 *           angles, points, images; or if there is none
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

	/** Writes a zip of ROIs in their order, as the ROI Manager does; an empty one of none. */
	public static void writeZip(final Path file, final List<Roi> rois) throws IOException {
		AtomicFile.write(file, out -> {
			final ZipOutputStream zip = new ZipOutputStream(out);
			final Set<String> names = new HashSet<>();
			for (final Roi roi : rois) {
				// The ROI Manager calls ROIs as the entries are called, and a lesion has one in each frame.
				final String name = String.valueOf(roi.getName()).replace('/', '_');
				String unique = name;
				for (int n = 2; !names.add(unique); n++)
					unique = name + "-" + n;
				zip.putNextEntry(new ZipEntry(unique + ".roi"));
				zip.write(RoiEncoder.saveAsByteArray(roi));
			}
			zip.finish();
		});
	}

	private static List<Entry> readZip(final Path file) throws IOException {
		final List<Entry> rois = new ArrayList<>();
		boolean others = false;
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				final String name = entry.getName();
				final byte[] bytes = zip.readNBytes(RoiCheck.LARGEST + 1);
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
			RoiCheck.check(bytes);
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

	/** Removes it, too: ImageJ would look for the group's colour in its folder, and complain if there is none. */
	private static int takeGroup(final byte[] bytes) {
		final int place = ByteBuffer.wrap(bytes).getInt(RoiDecoder.HEADER2_OFFSET) + RoiDecoder.GROUP;
		if (place <= RoiDecoder.GROUP || place >= bytes.length) return 0;
		final int group = bytes[place] & 0xff;
		bytes[place] = 0;
		return ByteBuffer.wrap(bytes).getShort(RoiDecoder.VERSION_OFFSET) < WITH_GROUPS ? 0 : group;
	}

	static IOException refused(final String type) {
		return new IOException(type + " selections have no area. Remove it, or draw an area or a wide line instead.");
	}
}
