package sc.fiji.vasomim.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** Uncompressed DICOM: grey of 8 or 16 bits, signed or not, and RGB of 8 bits; one frame or many. */
final class DicomImage {

	private static final Set<String> KINDS = Set.of("MONOCHROME1", "MONOCHROME2", "RGB", "PALETTE COLOR", "YBR_FULL",
		"YBR_FULL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT");

	private DicomImage() {}

	static ImagePlus read(final Path file) throws IOException {
		try (FileImageInputStream stream = new FileImageInputStream(file.toFile())) {
			final DicomHeader header = new DicomHeader(stream);
			final int width = header.integer(DicomHeader.COLUMNS, 0);
			final int height = header.integer(DicomHeader.ROWS, 0);
			final int frames = header.integer(DicomHeader.NUMBER_OF_FRAMES, 1);
			final int samples = header.integer(DicomHeader.SAMPLES_PER_PIXEL, 1);
			final int bits = header.integer(DicomHeader.BITS_ALLOCATED, 0);
			if (width < 1 || height < 1 || frames < 1) {
				throw new IOException("DICOM image of " + width + " x " + height + " pixels, " + frames + " frames");
			}
			final String kind = header.text(DicomHeader.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2");
			final boolean grey = kind.startsWith("MONOCHROME") && samples == 1 && (bits == 8 || bits == 16);
			if (!grey && !(kind.equals("RGB") && samples == 3 && bits == 8)) {
				// In a damaged file anything may stand here, a name as well: it is not repeated.
				throw new IOException("DICOM pixels " + (KINDS.contains(kind) ? kind : "of unknown kind") + ", " +
					samples + " x " + bits + " bits are not supported; grey of 8 or 16 bits and RGB of 8 are");
			}
			final double bytes = (double) width * height * frames * samples * bits / 8;
			if (header.pixelBytes() < bytes || stream.length() - stream.getStreamPosition() < bytes) {
				throw new EOFException();
			}
			final ImageStack stack = new ImageStack(width, height);
			for (int i = 0; i < frames; i++) stack.addSlice(frame(stream, header, width, height, grey, bits));
			final ImagePlus image = new ImagePlus("", stack);
			image.setDimensions(1, 1, frames);
			calibrate(image.getCalibration(), header, bits);
			image.setProperty("Info", info(header));
			return image;
		}
	}

	private static ImageProcessor frame(final ImageInputStream stream, final DicomHeader header, final int width,
		final int height, final boolean grey, final int bits) throws IOException
	{
		final int n = width * height;
		if (!grey) {
			final byte[] samples = new byte[3 * n];
			stream.readFully(samples);
			final ColorProcessor color = new ColorProcessor(width, height);
			final boolean planar = header.integer(DicomHeader.PLANAR_CONFIGURATION, 0) == 1;
			final int step = planar ? n : 1;
			for (int i = 0; i < n; i++) {
				final int at = planar ? i : 3 * i;
				color.set(i, (samples[at] & 0xff) << 16 | (samples[at + step] & 0xff) << 8 |
					samples[at + 2 * step] & 0xff);
			}
			return color;
		}
		if (bits == 8) {
			final byte[] pixels = new byte[n];
			stream.readFully(pixels);
			if (signed(header)) throw new IOException("signed DICOM pixels of 8 bits are not supported");
			return new ByteProcessor(width, height, pixels);
		}
		final short[] pixels = new short[n];
		stream.readFully(pixels, 0, n);
		// Old files keep overlays in the bits above the stored ones.
		final int unused = 16 - header.integer(DicomHeader.BITS_STORED, 16);
		if (unused < 0 || unused > 15) throw new IOException("DICOM BitsStored is " + (16 - unused));
		for (int i = 0; i < n; i++) {
			final int shifted = pixels[i] << 16 + unused;
			pixels[i] = (short) (signed(header) ? (shifted >> 16 + unused) + 32768 : shifted >>> 16 + unused);
		}
		return new ShortProcessor(width, height, pixels, null);
	}

	private static boolean signed(final DicomHeader header) throws IOException {
		return header.integer(DicomHeader.PIXEL_REPRESENTATION, 0) == 1;
	}

	/** ImageJ's way: signed pixels are stored plus 32768; spacing in mm, on the detector if that is all there is. */
	private static void calibrate(final Calibration calibration, final DicomHeader header, final int bits)
		throws IOException
	{
		final int spacing = header.has(DicomHeader.PIXEL_SPACING) ? DicomHeader.PIXEL_SPACING
			: DicomHeader.IMAGER_PIXEL_SPACING;
		final double rows = header.number(spacing, 0);
		if (rows > 0) {
			calibration.pixelHeight = rows;
			calibration.pixelWidth = header.number(spacing, 1, rows);
			calibration.setUnit("mm");
		}
		calibration.frameInterval = header.number(DicomHeader.FRAME_TIME, 0) / 1000;
		final double slope = header.number(DicomHeader.RESCALE_SLOPE, 1);
		final double intercept = header.number(DicomHeader.RESCALE_INTERCEPT, 0);
		final double offset = bits == 16 && signed(header) ? intercept - 32768 * slope : intercept;
		if (slope != 1 || offset != 0) {
			calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { offset, slope }, "Gray Value");
		}
	}

	/** What decides how grey values are shown, in the lines in which ImageJ's reader puts it. */
	private static String info(final DicomHeader header) {
		final StringBuilder info = new StringBuilder();
		line(info, header, DicomHeader.PHOTOMETRIC_INTERPRETATION, "Photometric Interpretation");
		line(info, header, DicomHeader.WINDOW_CENTER, "Window Center");
		line(info, header, DicomHeader.WINDOW_WIDTH, "Window Width");
		line(info, header, DicomHeader.VOI_LUT_FUNCTION, "VOI LUT Function");
		return info.toString();
	}

	private static void line(final StringBuilder info, final DicomHeader header, final int tag, final String name) {
		if (!header.has(tag)) return;
		info.append(DicomHeader.name(tag)).append("  ").append(name).append(": ").append(header.text(tag)).append('\n');
	}
}
