package sc.fiji.vasomim.files;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** PNG, JPEG, BMP, GIF and foreign TIFF by the decoders of the Java platform, samples untouched by colour spaces. */
final class RasterImage {

	private RasterImage() {}

	/**
	 * @param colors of indices, instead of those that the decoder tells; may be null
	 * @param indices whether a palette of colours is passed over
	 */
	static ImagePlus read(final Path file, final String format, final IndexColorModel colors, final boolean indices)
		throws IOException
	{
		final List<String> warnings = new ArrayList<>();
		final ImageReader reader = platformReader(format, warnings);
		try (ImageInputStream stream = format.equals("jpeg") ? JpegFrame.withoutProfile(Files.readAllBytes(file))
			: new FileImageInputStream(file.toFile()))
		{
			reader.setInput(stream);
			final ImageStack stack = new ImageStack();
			final int frames = reader.getNumImages(true);
			for (int i = 0; i < frames; i++) {
				final BufferedImage decoded = reader.read(i);
				if (i > 0 && decoded.getColorModel() instanceof IndexColorModel && decoded.getColorModel().hasAlpha()) {
					throw new IOException("frames that change only parts of the first are not supported; save it as TIFF");
				}
				final ImageProcessor frame = processor(decoded, colors, indices);
				if (frame.getBitDepth() == 16 && isReal(reader.getImageMetadata(i))) {
					throw new IOException("floating-point samples of 16 bits are not supported");
				}
				if (i > 0 && (frame.getWidth() != stack.getWidth() || frame.getHeight() != stack.getHeight() ||
					frame.getBitDepth() != stack.getBitDepth()))
				{
					throw new IOException("frame " + (i + 1) + " differs from the first in size or type");
				}
				stack.addSlice(frame);
			}
			if (frames == 0) throw new IOException("it holds no image");
			refuse(warnings);
			return new ImagePlus("", stack);
		}
		finally {
			reader.dispose();
		}
	}

	/** Java's TIFF decoder takes the bits of a half for an integer. */
	private static boolean isReal(final IIOMetadata metadata) {
		final Node tree = metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
		final NodeList formats = ((IIOMetadataNode) tree).getElementsByTagName("SampleFormat");
		return formats.getLength() > 0 && ((Element) formats.item(0)).getAttribute("value").contains("Real");
	}

	/** The samples of a JPEG image in memory, H x W x bands, in the colour space in which it stores them. */
	static int[] jpegSamples(final byte[] jpeg) throws IOException {
		final List<String> warnings = new ArrayList<>();
		final ImageReader reader = platformReader("jpeg", warnings);
		try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
			reader.setInput(stream);
			final Raster raster = reader.readRaster(0, null);
			refuse(warnings);
			return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
		}
		finally {
			reader.dispose();
		}
	}

	/** Fiji's class path may bring other decoders, with other pixels. */
	private static ImageReader platformReader(final String format, final List<String> warnings) throws IOException {
		for (final Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format); readers.hasNext();) {
			final ImageReader reader = readers.next();
			if (!"java.desktop".equals(reader.getClass().getModule().getName())) continue;
			// A JPEG decoder that had to guess says so only by a warning; those of other formats concern their metadata.
			if (format.equals("jpeg")) reader.addIIOReadWarningListener((source, warning) -> {
				if (!warning.matches("(?i).*(thumbnail|ICC).*")) warnings.add(warning);
			});
			return reader;
		}
		throw new IOException("this Java cannot read " + format);
	}

	private static void refuse(final List<String> warnings) throws IOException {
		if (!warnings.isEmpty()) throw new IOException("it is damaged or cut short (" + warnings.get(0) + ")");
	}

	private static ImageProcessor processor(final BufferedImage image, final IndexColorModel colors,
		final boolean indices) throws IOException
	{
		final Raster raster = image.getRaster();
		if (image.getColorModel() instanceof IndexColorModel) {
			return palette(raster, colors == null ? (IndexColorModel) image.getColorModel() : colors, indices);
		}
		final int type = raster.getSampleModel().getDataType();
		final boolean bytes = raster.getSampleModel().getSampleSize(0) <= 8;
		if (raster.getNumBands() >= 3) {
			final boolean rgb = raster.getNumBands() - (image.getColorModel().hasAlpha() ? 1 : 0) == 3;
			if (!rgb) throw new IOException("its colours are CMYK or the like; convert them to RGB or grey");
			if (!bytes && type != DataBuffer.TYPE_USHORT) throw new IOException("its RGB is neither 8 nor 16 bits");
			return color(raster, bytes ? 0 : 8);
		}
		final int width = raster.getWidth();
		final int height = raster.getHeight();
		// A second band is transparency.
		if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE || type == DataBuffer.TYPE_INT) {
			return new FloatProcessor(width, height, raster.getSamples(0, 0, width, height, 0, (float[]) null));
		}
		if (raster.getNumBands() == 1 && raster.getSampleModel().getSampleSize(0) == 8 && type == DataBuffer.TYPE_BYTE) {
			return new ByteProcessor(width, height, (byte[]) raster.getDataElements(0, 0, width, height, null));
		}
		final int[] samples = raster.getSamples(0, 0, width, height, 0, (int[]) null);
		final ImageProcessor grey = bytes ? new ByteProcessor(width, height) : new ShortProcessor(width, height);
		// As in ImageJ, signed values would need a calibration function; floats hold them as they are.
		if (type == DataBuffer.TYPE_SHORT) return new FloatProcessor(width, height, samples);
		for (int i = 0; i < samples.length; i++) grey.set(i, samples[i]);
		return grey;
	}

	private static ImageProcessor color(final Raster raster, final int shift) {
		final int width = raster.getWidth();
		final int[] row = new int[width * raster.getNumBands()];
		final ColorProcessor color = new ColorProcessor(width, raster.getHeight());
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getPixels(0, y, width, 1, row);
			for (int x = 0, i = 0; x < width; x++, i += raster.getNumBands()) {
				color.set(x, y, row[i] >> shift << 16 | row[i + 1] >> shift << 8 | row[i + 2] >> shift);
			}
		}
		return color;
	}

	private static ImageProcessor palette(final Raster raster, final IndexColorModel colors, final boolean keep) {
		final int width = raster.getWidth();
		final int height = raster.getHeight();
		boolean grey = true;
		for (int i = 0; i < colors.getMapSize(); i++) {
			grey &= colors.getRed(i) == colors.getGreen(i) && colors.getGreen(i) == colors.getBlue(i);
		}
		final boolean bytes = grey || keep && colors.getMapSize() <= 256;
		final ImageProcessor image = bytes ? new ByteProcessor(width, height) : new ColorProcessor(width, height);
		final int[] indices = raster.getSamples(0, 0, width, height, 0, (int[]) null);
		for (int i = 0; i < indices.length; i++) {
			final int index = indices[i];
			if (bytes) image.set(i, grey ? colors.getRed(index) : index);
			else image.set(i, colors.getRGB(index) & 0xffffff);
		}
		return image;
	}
}
