package sc.fiji.vasomim.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.Grey;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * The grey pixels of a data set, decoded once into one file: every image and its mask, 8 bits a pixel. Reading is
 * positional, so the system's page cache does the rest, and threads may share it.
 * <p>
 * The file: magic, SHA-256 of the sources' names, sizes and times, count, width and height of each image;
 * then image and mask of each in turn. It is rebuilt when a source changed.
 */
public final class PixelCache implements AutoCloseable {

	private static final long MAGIC = 0x5641534f50495831L; // "VASOPIX1"

	private static final IntensityRule INTENSITY = new IntensityRule(IntensityRule.Polarity.AUTO);

	private static final int KEY_BYTES = 32;

	private static final int FIXED_BYTES = Long.BYTES + KEY_BYTES + Integer.BYTES;

	private static final int ENTRY_BYTES = 2 * Integer.BYTES;

	private final FileChannel channel;

	private final byte[] key;

	private final int[] widths;

	private final int[] heights;

	private final long[] offsets;

	private PixelCache(final FileChannel channel, final byte[] key, final int[] widths, final int[] heights) {
		this.channel = channel;
		this.key = key;
		this.widths = widths;
		this.heights = heights;
		this.offsets = new long[widths.length + 1];
		offsets[0] = FIXED_BYTES + (long) ENTRY_BYTES * widths.length;
		for (int i = 0; i < widths.length; i++)
			offsets[i + 1] = offsets[i] + 2L * widths[i] * heights[i];
	}

	/**
	 * Opens the cache of a data set; makes it first where it is missing, damaged or older than a source.
	 *
	 * @param file the cache's own file
	 * @throws IOException if a source can't be read (the message names it) or the cache can't be written
	 * @throws IllegalArgumentException if a mask has another size than its image
	 */
	public static PixelCache open(final Path file, final List<AngiogramFolder.Pair> pairs, final Progress progress)
		throws IOException
	{
		final byte[] key = key(pairs);
		if (Files.isRegularFile(file)) {
			final PixelCache cache = openExisting(file, key);
			if (cache != null) return cache;
		}
		AtomicFile.writeChannel(file, out -> write(out, key, pairs, progress));
		final PixelCache cache = openExisting(file, key);
		if (cache == null) throw new IOException("Cannot read back " + file + " just after writing it");
		return cache;
	}

	private static byte[] key(final List<AngiogramFolder.Pair> pairs) throws IOException {
		try {
			final MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (final AngiogramFolder.Pair pair : pairs)
				for (final Path source : List.of(pair.image(), pair.mask()))
					digest.update((pair.name() + '\0' + Files.size(source) + '\0' + Files.getLastModifiedTime(source)
						.toMillis() + '\n').getBytes(StandardCharsets.UTF_8));
			return digest.digest();
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	private static void write(final FileChannel out, final byte[] key, final List<AngiogramFolder.Pair> pairs,
		final Progress progress) throws IOException
	{
		final ByteBuffer header = ByteBuffer.allocate(FIXED_BYTES + ENTRY_BYTES * pairs.size());
		header.putLong(MAGIC).put(key).putInt(pairs.size());
		out.position(header.capacity());
		for (int i = 0; i < pairs.size(); i++) {
			if (progress.isCanceled()) throw new CancellationException("while decoding images");
			progress.report(i, pairs.size(), "decoding images");
			final ImagePlus image = ImageFile.read(pairs.get(i).image());
			final ImagePlus mask = ImageFile.read(pairs.get(i).mask());
			if (mask.getWidth() != image.getWidth() || mask.getHeight() != image.getHeight())
				throw new IllegalArgumentException("masks: " + pairs.get(i).mask() + " is " + mask.getWidth() + " x " + mask
					.getHeight() + " px, but its image " + image.getWidth() + " x " + image.getHeight() +
					". Extract the masks again from these images.");
			header.putInt(image.getWidth()).putInt(image.getHeight());
			writeFully(out, ByteBuffer.wrap(grey(image, pairs.get(i).image())));
			writeFully(out, ByteBuffer.wrap(mask(mask)));
		}
		out.position(0);
		writeFully(out, header.flip());
	}

	private static byte[] grey(final ImagePlus image, final Path file) {
		if (image.getStackSize() > 1) throw new IllegalArgumentException("images: " + file + " has " + image
			.getStackSize() + " frames. Save each as a file of its own first.");
		final byte[] pixels = new byte[image.getWidth() * image.getHeight()];
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(INTENSITY.apply(image).image()))
			pixels[i++] = pixel.getByte();
		return pixels;
	}

	private static byte[] mask(final ImagePlus mask) {
		final ByteProcessor grey = mask.getProcessor() instanceof ColorProcessor ? Grey.of((ColorProcessor) mask
			.getProcessor()) : mask.getProcessor().convertToByteProcessor();
		return binary((byte[]) grey.getPixels());
	}

	/** JPEG and interpolated masks have in-between values; vessel is what is brighter than half. */
	private static byte[] binary(final byte[] mask) {
		final byte[] binary = new byte[mask.length];
		for (int i = 0; i < mask.length; i++)
			binary[i] = (byte) (mask[i] < 0 ? 255 : 0);
		return binary;
	}

	private static void writeFully(final FileChannel out, final ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining())
			out.write(bytes);
	}

	/** Null if the file is not the cache of these sources. */
	private static PixelCache openExisting(final Path file, final byte[] key) throws IOException {
		final FileChannel channel = FileChannel.open(file);
		PixelCache cache = null;
		try {
			cache = readHeader(channel, key);
		}
		finally {
			if (cache == null) channel.close();
		}
		return cache;
	}

	private static PixelCache readHeader(final FileChannel channel, final byte[] key) throws IOException {
		if (channel.size() < FIXED_BYTES) return null;
		final ByteBuffer fixed = ByteBuffer.allocate(FIXED_BYTES);
		readFully(channel, fixed, 0);
		fixed.flip();
		final byte[] found = new byte[KEY_BYTES];
		final boolean ours = fixed.getLong() == MAGIC;
		fixed.get(found);
		final int count = fixed.getInt();
		if (!ours || !Arrays.equals(found, key) || count < 0 || FIXED_BYTES + (long) count * ENTRY_BYTES > channel.size()) return null;
		final ByteBuffer table = ByteBuffer.allocate(count * ENTRY_BYTES);
		readFully(channel, table, FIXED_BYTES);
		table.flip();
		final int[] widths = new int[count];
		final int[] heights = new int[count];
		for (int i = 0; i < count; i++) {
			widths[i] = table.getInt();
			heights[i] = table.getInt();
		}
		final PixelCache cache = new PixelCache(channel, key, widths, heights);
		return cache.offsets[count] == channel.size() ? cache : null;
	}

	private static void readFully(final FileChannel channel, final ByteBuffer into, final long position)
		throws IOException
	{
		while (into.hasRemaining())
			if (channel.read(into, position + into.position()) < 0) throw new EOFException("the pixel cache ends early");
	}

	/** Images in the cache. */
	public int size() {
		return widths.length;
	}

	public int width(final int index) {
		return widths[index];
	}

	public int height(final int index) {
		return heights[index];
	}

	/** Names the exact sources: their names, sizes and times, as 64 hexadecimal digits. */
	public String fingerprint() {
		return HexFormat.of().formatHex(key);
	}

	/** The pixels of an image, 0..255, {@code height x width} in raster order. */
	public byte[] image(final int index) throws IOException {
		return pixels(index, offsets[index]);
	}

	/** The pixels of its mask, 0 or 255. */
	public byte[] mask(final int index) throws IOException {
		return pixels(index, offsets[index] + (long) widths[index] * heights[index]);
	}

	private byte[] pixels(final int index, final long position) throws IOException {
		final byte[] pixels = new byte[widths[index] * heights[index]];
		readFully(channel, ByteBuffer.wrap(pixels), position);
		return pixels;
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
