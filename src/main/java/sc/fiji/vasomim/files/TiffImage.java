package sc.fiji.vasomim.files;

import java.awt.image.IndexColorModel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.measure.Calibration;

/**
 * TIFF. What ImageJ wrote, ImageJ reads, with calibration, dimensions and overlay; all else goes to the Java
 * platform's decoder, which knows tiles and more compressions and does not hide errors.
 */
final class TiffImage {

	private TiffImage() {}

	/** @param indices whether a palette of colours is passed over */
	static ImagePlus read(final Path file, final boolean indices) throws IOException {
		final FileInfo[] infos = describe(file);
		if (infos == null) return RasterImage.read(file, "tiff", null, indices);
		final FileInfo first = infos[0];
		final boolean byImageJ = first.description != null && first.description.startsWith("ImageJ=");
		if (!byImageJ || first.compression != FileInfo.COMPRESSION_NONE) {
			final ImagePlus image = RasterImage.read(file, "tiff", colors(first), indices);
			if (first.unit != null && first.pixelWidth > 0) {
				final Calibration calibration = image.getCalibration();
				calibration.pixelWidth = first.pixelWidth;
				calibration.pixelHeight = first.pixelHeight;
				calibration.setUnit(first.unit);
			}
			return image;
		}
		// ImageJ would show a message about this.
		if (first.width < 1 || first.height < 1) throw new IOException("its size is not positive");
		if (infos.length == 1 && end(first) > Files.size(file)) throw new EOFException();
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		final ImagePlus image = opener.openTiff(first.directory, first.fileName);
		final int frames = infos.length > 1 ? infos.length : Math.max(1, first.nImages);
		if (image == null || image.getStackSize() < frames) throw new IOException("ImageJ cannot decode it");
		return image;
	}

	/** The high bytes of a palette of 8 bits, as others take them; Java's decoder is one below. Null without palette. */
	private static IndexColorModel colors(final FileInfo info) {
		if (info.fileType != FileInfo.COLOR8 || info.lutSize < 1 || info.samplesPerPixel != 1) return null;
		return new IndexColorModel(8, info.lutSize, info.reds, info.greens, info.blues);
	}

	/** Null if ImageJ does not know the kind. */
	private static FileInfo[] describe(final Path file) {
		final Path absolute = file.toAbsolutePath();
		try {
			final String folder = absolute.getParent() + absolute.getFileSystem().getSeparator();
			return new TiffDecoder(folder, absolute.getFileName().toString()).getTiffInfo();
		}
		catch (final IOException | RuntimeException e) {
			return null;
		}
	}

	/** The first byte after the pixels; of a stack above 4 GiB, ImageJ writes only the first frame's directory. */
	private static long end(final FileInfo info) {
		final long frame = (long) info.width * info.height * info.getBytesPerPixel();
		return info.getOffset() + Math.max(1, info.nImages) * (frame + info.getGap()) - info.getGap();
	}
}
