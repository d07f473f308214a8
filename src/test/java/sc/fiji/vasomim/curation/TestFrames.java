package sc.fiji.vasomim.curation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import ij.process.ByteProcessor;

import sc.fiji.vasomim.files.ImageFile;

/** Made-up frames: a dark arc on a noisy ground, and files that hold them. */
final class TestFrames {

	static final int SIDE = 96;

	private TestFrames() {}

	/**
	 * @param place of the arc, px
	 * @param depth of the arc, grey levels
	 */
	static byte[] frame(final int place, final int depth) {
		final Random random = new Random(place);
		final byte[] pixels = new byte[SIDE * SIDE];
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % SIDE, y = i / SIDE;
			final double distance = Math.abs(Math.hypot(x - 10, y - 10) - 20 - place % 60);
			pixels[i] = (byte) (150 + x / 8 + random.nextInt(5) - depth * Math.exp(-distance * distance / 8));
		}
		return pixels;
	}

	static Path png(final Path file, final byte[] pixels) throws IOException {
		ImageFile.writePng(file, new ByteProcessor(SIDE, SIDE, pixels));
		return file;
	}

	/** As numpy writes float32. */
	static Path npz(final Path file, final byte[]... frames) throws IOException {
		Files.createDirectories(file.getParent());
		final String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + frames.length + ", " + SIDE + ", " +
			SIDE + "), }\n";
		final ByteBuffer array = ByteBuffer.allocate(10 + header.length() + 4 * frames.length * SIDE * SIDE).order(
			ByteOrder.LITTLE_ENDIAN);
		array.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) header.length());
		array.put(header.getBytes(StandardCharsets.US_ASCII));
		for (final byte[] frame : frames)
			for (final byte pixel : frame)
				array.putFloat(pixel & 0xff);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			zip.putNextEntry(new ZipEntry("pixel_array.npy"));
			zip.write(array.array());
		}
		return file;
	}

	/** Explicit VR little endian, with a person's data. */
	static Path dicom(final Path file, final String patientId, final String studyUid, final byte[]... frames)
		throws IOException
	{
		Files.createDirectories(file.getParent());
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(new byte[128]);
		out.write("DICM".getBytes(StandardCharsets.US_ASCII));
		text(out, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
		text(out, 0x0010, 0x0010, "PN", "Planted^Name");
		text(out, 0x0010, 0x0020, "LO", patientId);
		text(out, 0x0020, 0x000d, "UI", studyUid);
		number(out, 0x0028, 0x0002, 1);
		text(out, 0x0028, 0x0004, "CS", "MONOCHROME2");
		text(out, 0x0028, 0x0008, "IS", Integer.toString(frames.length));
		number(out, 0x0028, 0x0010, SIDE);
		number(out, 0x0028, 0x0011, SIDE);
		number(out, 0x0028, 0x0100, 8);
		number(out, 0x0028, 0x0101, 8);
		number(out, 0x0028, 0x0102, 7);
		number(out, 0x0028, 0x0103, 0);
		out.write(little(12).putShort((short) 0x7fe0).putShort((short) 0x0010).put((byte) 'O').put((byte) 'B').putShort(
			(short) 0).putInt(frames.length * SIDE * SIDE).array());
		for (final byte[] frame : frames)
			out.write(frame);
		return Files.write(file, out.toByteArray());
	}

	private static void text(final ByteArrayOutputStream out, final int group, final int element, final String type,
		final String text) throws IOException
	{
		final String even = text.length() % 2 == 0 ? text : text + (type.equals("UI") ? '\0' : ' ');
		out.write(head(group, element, type, even.length()));
		out.write(even.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static void number(final ByteArrayOutputStream out, final int group, final int element, final int value)
		throws IOException
	{
		out.write(head(group, element, "US", 2));
		out.write(little(2).putShort((short) value).array());
	}

	private static byte[] head(final int group, final int element, final String type, final int length) {
		return little(8).putShort((short) group).putShort((short) element).put(type.getBytes(StandardCharsets.US_ASCII))
			.putShort((short) length).array();
	}

	private static ByteBuffer little(final int bytes) {
		return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}
}
