package sc.fiji.vasomim.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/**
 * The frames in a numpy archive ({@code .npz}, stored or deflated): its member {@code pixel_array} of H x W or
 * frames x H x W. No other member is looked at.
 */
public final class NpzImage {

	private static final String MEMBER = "pixel_array.npy";

	/** No byte of a deflated stream stands for more. */
	private static final int MAX_RATIO = 1032;

	private NpzImage() {}

	/**
	 * @return 8-bit if all values lie in 0..255 and not all in 0..1, rounded; else 32-bit. The frames run along the time axis
	 * @throws IOException naming the file, if it can't be read, holds no such array, is cut or does not fit into memory
	 */
	public static ImagePlus read(final Path file) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final ZipEntry member = zip.getEntry(MEMBER);
			if (member == null) throw new IOException("it has no pixel_array");
			final ImageStack grey = stack(zip, member, true);
			final ImagePlus image = new ImagePlus(file.getFileName().toString(), grey != null ? grey : stack(zip, member,
				false));
			image.setDimensions(1, 1, image.getStackSize());
			return image;
		}
		catch (final EOFException e) {
			throw new IOException("Cannot read " + file + ": it ends too early", e);
		}
		catch (final IOException e) {
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException("Cannot read " + file + ": it is damaged (" + e + ")", e);
		}
		catch (final OutOfMemoryError e) {
			throw new IOException("Cannot read " + file + ": its frames do not fit into the memory that Java may use; " +
				ImageFile.MORE_MEMORY, e);
		}
	}

	/** Null if the values do not fit into 8 bits. */
	private static ImageStack stack(final ZipFile zip, final ZipEntry member, final boolean eightBit) throws IOException {
		try (NpyArray array = new NpyArray(zip.getInputStream(member))) {
			final int[] shape = array.shape();
			if (shape.length != 2 && shape.length != 3) throw new IOException(
				"pixel_array has " + shape.length + " axes, not H x W or frames x H x W");
			final int frames = shape.length == 2 ? 1 : shape[0];
			final int height = shape[shape.length - 2], width = shape[shape.length - 1];
			check(frames, height, width, array.bytes(), member);
			final ImageStack stack = new ImageStack(width, height);
			float max = 0;
			for (int i = 0; i < frames; i++) {
				final float[] values = new float[width * height];
				array.read(values);
				for (final float value : values) {
					if (eightBit && !(value >= 0 && value <= 255)) return null;
					max = Math.max(max, value);
				}
				stack.addSlice(eightBit ? rounded(values, width, height) : new FloatProcessor(width, height, values));
			}
			return eightBit && max <= 1 && array.bytes() > 1 ? null : stack;
		}
	}

	private static ImageProcessor rounded(final float[] values, final int width, final int height) {
		final byte[] grey = new byte[values.length];
		for (int i = 0; i < grey.length; i++)
			grey[i] = (byte) Math.round(values[i]);
		return new ByteProcessor(width, height, grey);
	}

	private static void check(final long frames, final long height, final long width, final int bytes,
		final ZipEntry member) throws IOException
	{
		if (frames < 1 || height < 1 || width < 1) throw new IOException("pixel_array is empty");
		final double size = (double) frames * height * width * bytes;
		if ((double) height * width * bytes > Integer.MAX_VALUE - 8) throw new IOException("a frame of " + width + " x " +
			height + " px is too large");
		// What claims to hold more is damaged, and no memory is given to it.
		if (size > (double) MAX_RATIO * member.getCompressedSize()) throw new EOFException();
	}
}
