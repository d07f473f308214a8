package sc.fiji.vasomim.files;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.io.TiffEncoder;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * Images from and to files, without windows, dialogs or ImageJ's log, by any number of threads.
 * <p>
 * The format is told by a file's first bytes, not by its name: PNG, JPEG, TIFF, BMP, GIF and DICOM,
 * uncompressed, deflated, as run lengths, or as JPEG: lossless of 2 to 16 bits, else of 8.
 * Several frames become a stack. A file that is missing, empty, cut short, damaged or of another kind is an
 * {@link IOException} that names the file and what is wrong with it; there is no half-read image.
 */
public final class ImageFile {

	/** What helps where Java's memory does not suffice. */
	public static final String MORE_MEMORY = "give it more (Fiji: Edit > Options > Memory & Threads, shell: -Xmx), or cut the " +
		"file into shorter runs";

	private ImageFile() {}

	/**
	 * Reads an image: 8-bit grey, 16-bit, float or RGB as in the file. One-bit images become 0 and 255; palettes
	 * become grey if all their colours are grey, RGB else; transparency, colour profiles and orientation are dropped; of
	 * 16-bit RGB the high bytes are kept. TIFF and DICOM keep their calibration; the frames of DICOM run along the time
	 * axis. A DICOM image has its VOI window and photometric interpretation in the {@code Info} property, in ImageJ's
	 * form, and no other tag.
	 */
	public static ImagePlus read(final Path file) throws IOException {
		return read(file, false);
	}

	/** As {@link #read}, but of images with a palette of colours the indices, 8-bit: label images are often kept so. */
	public static ImagePlus readIndices(final Path file) throws IOException {
		return read(file, true);
	}

	private static ImagePlus read(final Path file, final boolean indices) throws IOException {
		try {
			final ImagePlus image = decode(file, format(file), indices);
			image.setTitle(file.getFileName().toString());
			return image;
		}
		catch (final EOFException e) {
			throw new IOException("Cannot read " + file + ": it ends too early", e);
		}
		catch (final IOException e) {
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
		catch (final RuntimeException e) {
			// The decoders meet damaged files with exceptions of any kind.
			throw new IOException("Cannot read " + file + ": it is damaged (" + e + "); copy or export it again", e);
		}
		catch (final OutOfMemoryError e) {
			throw new IOException("Cannot read " + file + ": the image does not fit into the memory that Java may use; " +
				MORE_MEMORY, e);
		}
	}

	/** Writes a plane, W x H, as grey. */
	public static void writePng(final Path file, final RandomAccessibleInterval<UnsignedByteType> plane)
		throws IOException
	{
		final ByteProcessor image = new ByteProcessor((int) plane.dimension(0), (int) plane.dimension(1));
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(plane))
			image.set(i++, pixel.get());
		writePng(file, image);
	}

	/** Writes an 8-bit image as grey (a palette is ignored), an RGB image as RGB. */
	public static void writePng(final Path file, final ImageProcessor image) throws IOException {
		final BufferedImage png;
		if (image instanceof ByteProcessor) {
			png = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
		}
		else if (image instanceof ColorProcessor) {
			png = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
		}
		else {
			throw new IllegalArgumentException("image: a PNG here is 8-bit grey or RGB, not " + image.getBitDepth() +
				"-bit; convert it, or write a TIFF");
		}
		png.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), image.getPixels());
		AtomicFile.write(file, stream -> {
			// In memory: ImageIO would cache in a file of its own.
			try (ImageOutputStream cached = new MemoryCacheImageOutputStream(stream)) {
				if (!ImageIO.write(png, "png", cached)) throw new IOException("this Java cannot write PNG");
			}
		});
	}

	/**
	 * Writes an image of any type, stacks included, with calibration, slice labels, selection and overlay. ImageJ's
	 * {@code Info} and DICOM headers in slice labels are left out: they may name a patient.
	 */
	public static void writeTiff(final Path file, final ImagePlus image) throws IOException {
		final FileInfo info = image.getFileInfo();
		info.description = new FileSaver(image).getDescriptionString();
		info.overlay = FileSaver.getOverlay(image);
		info.roi = RoiEncoder.saveAsByteArray(image.getRoi());
		final ImageStack stack = image.getStack();
		info.sliceLabels = new String[stack.size()];
		for (int i = 1; i <= stack.size(); i++) {
			final String label = stack.getSliceLabel(i);
			info.sliceLabels[i - 1] = label == null || label.contains("\n") ? "" : label;
		}
		AtomicFile.write(file, new TiffEncoder(info)::write);
	}

	private static ImagePlus decode(final Path file, final String format, final boolean indices) throws IOException {
		switch (format) {
			case "dicom":
				return DicomImage.read(file);
			case "tiff":
				TiffCheck.check(file);
				return TiffImage.read(file, indices);
			case "png":
				PngCheck.check(file);
				return RasterImage.read(file, format, null, indices);
			case "gif":
				GifCheck.check(file);
				return RasterImage.read(file, format, null, indices);
			default:
				return RasterImage.read(file, format, null, indices);
		}
	}

	/** The format's name as ImageIO knows it, or {@code dicom}. */
	private static String format(final Path file) throws IOException {
		if (Files.isDirectory(file)) throw new IOException("it is a folder");
		final byte[] head;
		try (InputStream stream = Files.newInputStream(file)) {
			head = stream.readNBytes(132);
		}
		if (head.length == 0) throw new IOException("it is empty");
		final String text = new String(head, StandardCharsets.ISO_8859_1);
		// First of all, for what comes before is free, and some DICOM files are TIFFs at the same time.
		if (text.startsWith("DICM", 128)) return "dicom";
		if (text.startsWith("\u0089PNG\r\n\u001a\n")) return "png";
		if (text.startsWith("\u00ff\u00d8\u00ff")) return "jpeg";
		if (text.startsWith("II*\0") || text.startsWith("MM\0*")) return "tiff";
		if (text.startsWith("II+\0") || text.startsWith("MM\0+")) {
			throw new IOException("it is a BigTIFF, which is not supported; save it as TIFF, in files of up to 4 GB");
		}
		if (text.startsWith("BM")) return "bmp";
		if (text.startsWith("GIF8")) return "gif";
		throw new IOException("it is no PNG, JPEG, TIFF, BMP, GIF or DICOM image");
	}
}
