package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import javax.imageio.stream.FileImageInputStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** DICOM: grey of 8 or 16 bits, signed or not, and colour of 8 bits; one frame, or many along the time axis. */
final class DicomImage {

	private static final Set<String> KINDS = Set.of("MONOCHROME1", "MONOCHROME2", "RGB", "PALETTE COLOR", "YBR_FULL",
		"YBR_FULL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT");

	private final DicomHeader header;

	private final DicomPixels pixels;

	private final String kind;

	/** Where the stored bits of a sample begin, how many they are, and whether the highest is a sign. */
	private final int shift;

	private final int stored;

	private final boolean signed;

	private DicomImage(final DicomHeader header) throws IOException {
		this.header = header;
		kind = header.text(DicomHeader.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2");
		pixels = new DicomPixels(header, header.integer(DicomHeader.COLUMNS, 0), header.integer(DicomHeader.ROWS, 0),
			header.integer(DicomHeader.NUMBER_OF_FRAMES, 1), header.integer(DicomHeader.SAMPLES_PER_PIXEL, 1),
			header.integer(DicomHeader.BITS_ALLOCATED, 0));
		stored = header.integer(DicomHeader.BITS_STORED, pixels.bits());
		shift = header.integer(DicomHeader.HIGH_BIT, stored - 1) + 1 - stored;
		signed = header.integer(DicomHeader.PIXEL_REPRESENTATION, 0) == 1;
	}

	static ImagePlus read(final Path file) throws IOException {
		try (FileImageInputStream stream = new FileImageInputStream(file.toFile())) {
			final DicomImage dicom = new DicomImage(new DicomHeader(stream));
			dicom.check();
			return dicom.read();
		}
	}

	private void check() throws IOException {
		final int width = pixels.width();
		final int height = pixels.height();
		final int bits = pixels.bits();
		if (width < 1 || height < 1 || pixels.frames() < 1) {
			throw new IOException("DICOM image of " + width + " x " + height + " pixels, " + pixels.frames() + " frames");
		}
		if (!(isGrey() && (bits == 8 || bits == 16)) && !(isColor() && bits == 8)) {
			// In a damaged file anything may stand here, a name as well: it is not repeated.
			throw new IOException("DICOM pixels " + (KINDS.contains(kind) ? kind : "of unknown kind") + ", " +
				pixels.samples() + " x " + bits + " bits are not supported; grey of 8 or 16 bits, RGB and YBR_FULL of 8 are");
		}
		if (signed && bits == 8) throw new IOException("signed DICOM pixels of 8 bits are not supported");
		if (stored < 1 || shift < 0 || shift + stored > bits) {
			throw new IOException("DICOM pixels of " + bits + " bits cannot hold " + stored + " from bit " + shift + " on");
		}
		final double bytes = (double) width * height * pixels.frames() * (isGrey() ? bits / 8 : 4);
		final long memory = Runtime.getRuntime().maxMemory();
		if (bytes > memory || (long) width * height * pixels.samples() > Integer.MAX_VALUE - 8) {
			throw new IOException(String.format("its %d frames of %d x %d pixels need %.0f MB of memory, and Java may use " +
				"%.0f; %s", pixels.frames(), width, height, bytes / 1e6, memory / 1e6, ImageFile.MORE_MEMORY));
		}
	}

	private boolean isGrey() {
		return kind.startsWith("MONOCHROME") && pixels.samples() == 1;
	}

	/** The decoder of JPEG brings subsampled colour to full size; in plain pixels it would be laid out in another way. */
	private boolean isColor() {
		return pixels.samples() == 3 && (kind.equals("RGB") || kind.equals("YBR_FULL") ||
			kind.equals("YBR_FULL_422") && header.syntax().coding() == TransferSyntax.Coding.JPEG);
	}

	private ImagePlus read() throws IOException {
		final ImageStack stack = new ImageStack(pixels.width(), pixels.height());
		pixels.forEach(frame -> stack.addSlice(isGrey() ? grey(frame) : color(frame)));
		final ImagePlus image = new ImagePlus("", stack);
		image.setDimensions(1, 1, stack.size());
		calibrate(image.getCalibration());
		image.setProperty("Info", info());
		return image;
	}

	private ImageProcessor grey(final int[] frame) {
		final ImageProcessor grey = pixels.bits() == 8 ? new ByteProcessor(pixels.width(), pixels.height())
			: new ShortProcessor(pixels.width(), pixels.height());
		// Old files keep overlays in the other bits.
		final int left = 32 - stored - shift;
		for (int i = 0; i < frame.length; i++) {
			final int shifted = frame[i] << left;
			grey.set(i, signed ? (shifted >> left + shift) + 32768 : shifted >>> left + shift);
		}
		return grey;
	}

	private ImageProcessor color(final int[] frame) {
		final ColorProcessor color = new ColorProcessor(pixels.width(), pixels.height());
		for (int i = 0; i < frame.length; i += 3) {
			color.set(i / 3, kind.equals("RGB") ? frame[i] << 16 | frame[i + 1] << 8 | frame[i + 2]
				: rgb(frame[i], frame[i + 1] - 128, frame[i + 2] - 128));
		}
		return color;
	}

	/** PS3.3, C.7.6.3.1.2. */
	private static int rgb(final int luma, final int blue, final int red) {
		return clamp(luma + 1.402 * red) << 16 | clamp(luma - .344136 * blue - .714136 * red) << 8 |
			clamp(luma + 1.772 * blue);
	}

	private static int clamp(final double value) {
		return (int) Math.max(0, Math.min(255, Math.round(value)));
	}

	/**
	 * ImageJ's way: signed pixels are stored plus 32768; spacing in mm is Pixel Spacing, which states the size in the
	 * patient where the equipment knows it, else Imager Pixel Spacing, which is on the detector, so that lengths are too
	 * great by the magnification of the projection (PS3.3, 10.7.1). An element without a value above 0 states nothing.
	 */
	private void calibrate(final Calibration calibration) throws IOException {
		final int spacing = header.number(DicomHeader.PIXEL_SPACING, 0) > 0 ? DicomHeader.PIXEL_SPACING
			: DicomHeader.IMAGER_PIXEL_SPACING;
		final double rows = header.number(spacing, 0);
		if (rows > 0) {
			calibration.pixelHeight = rows;
			final double columns = header.number(spacing, 1, rows);
			calibration.pixelWidth = columns > 0 ? columns : rows;
			calibration.setUnit("mm");
		}
		final double time = frameTime();
		if (time > 0) {
			calibration.frameInterval = time / 1000;
			calibration.fps = 1000 / time;
		}
		final double slope = header.number(DicomHeader.RESCALE_SLOPE, 1);
		final double intercept = header.number(DicomHeader.RESCALE_INTERCEPT, 0);
		final double offset = signed ? intercept - 32768 * slope : intercept;
		if (slope != 1 || offset != 0) {
			calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { offset, slope }, "Gray Value");
		}
	}

	/** In ms: Frame Time, else that of Cine Rate or of Recommended Display Frame Rate; 0 if none is above 0. */
	private double frameTime() throws IOException {
		final double time = header.number(DicomHeader.FRAME_TIME, 0);
		if (time > 0) return time;
		final double cine = header.number(DicomHeader.CINE_RATE, 0);
		final double rate = cine > 0 ? cine : header.number(DicomHeader.DISPLAY_FRAME_RATE, 0);
		return rate > 0 ? 1000 / rate : 0;
	}

	/** What decides how grey values are shown, and where a pixel has its size, in the lines of ImageJ's reader. */
	private String info() {
		final StringBuilder info = new StringBuilder();
		line(info, DicomHeader.IMAGER_PIXEL_SPACING, "Imager Pixel Spacing");
		line(info, DicomHeader.PHOTOMETRIC_INTERPRETATION, "Photometric Interpretation");
		line(info, DicomHeader.WINDOW_CENTER, "Window Center");
		line(info, DicomHeader.WINDOW_WIDTH, "Window Width");
		line(info, DicomHeader.VOI_LUT_FUNCTION, "VOI LUT Function");
		return info.toString();
	}

	private void line(final StringBuilder info, final int tag, final String name) {
		if (!header.has(tag)) return;
		info.append(DicomHeader.name(tag)).append("  ").append(name).append(": ").append(header.text(tag)).append('\n');
	}
}
