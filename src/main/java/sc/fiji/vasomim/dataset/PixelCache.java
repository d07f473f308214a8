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
import java.util.function.Consumer;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * The grey pixels of a data set, decoded once into one file: every image and its labels, 8 bits a pixel. Reading is
 * positional, so the system's page cache does the rest, and threads may share it.
 * <p>
 * The file: magic, SHA-256 of the sources' names, sizes and times, count, width and height of each image; then image
 * and labels of each in turn; then SHA-256 of names and pixels. It is rebuilt when a source changed.
 */
public final class PixelCache implements AutoCloseable {

	private static final long MAGIC = 0x5641534f50495832L; // "VASOPIX2"

	private static final int HASH_BYTES = 32;

	private static final int FIXED_BYTES = Long.BYTES + HASH_BYTES + Integer.BYTES;

	private static final int ENTRY_BYTES = 2 * Integer.BYTES;

	private final FileChannel channel;

	private final List<String> names;

	private final int[] widths;

	private final int[] heights;

	private final long[] offsets;

	private PixelCache(final FileChannel channel, final List<String> names, final int[] widths, final int[] heights) {
		this.channel = channel;
		this.names = names;
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
	 * @param rule how images become grey
	 * @param log receives, when images are decoded, how many were inverted, look like no angiogram, or have no vessel in
	 *           their labels
	 * @throws IOException if a source can't be read (the message names it) or the cache can't be written
	 * @throws IllegalArgumentException if labels are made for another size than their image's
	 */
	public static PixelCache open(final Path file, final List<Sample> samples, final IntensityRule rule,
		final Progress progress, final Consumer<String> log) throws IOException
	{
		final byte[] key = key(samples, rule);
		if (Files.isRegularFile(file)) {
			final PixelCache cache = openExisting(file, key, samples);
			if (cache != null) return cache;
		}
		AtomicFile.writeChannel(file, out -> write(out, key, samples, rule, progress, log));
		final PixelCache cache = openExisting(file, key, samples);
		if (cache == null) throw new IOException("Cannot read back " + file + " just after writing it");
		return cache;
	}

	/** Tells whether the sources are the same without reading them. */
	private static byte[] key(final List<Sample> samples, final IntensityRule rule) throws IOException {
		final MessageDigest digest = sha256();
		digest.update(rule.toString().getBytes(StandardCharsets.UTF_8));
		for (final Sample sample : samples)
			digest.update((sample.name() + '\0' + Files.size(sample.image()) + '\0' + Files.getLastModifiedTime(sample
				.image()).toMillis() + '\0' + sample.labels().version() + '\n').getBytes(StandardCharsets.UTF_8));
		return digest.digest();
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	private static void write(final FileChannel out, final byte[] key, final List<Sample> samples,
		final IntensityRule rule, final Progress progress, final Consumer<String> log) throws IOException
	{
		final Oddities oddities = new Oddities();
		final ByteBuffer header = ByteBuffer.allocate(FIXED_BYTES + ENTRY_BYTES * samples.size());
		header.putLong(MAGIC).put(key).putInt(samples.size());
		out.position(header.capacity());
		final MessageDigest content = sha256();
		for (int i = 0; i < samples.size(); i++) {
			if (progress.isCanceled()) throw new CancellationException("while decoding images");
			progress.report(i, samples.size(), "decoding images");
			final ImagePlus image = ImageFile.read(samples.get(i).image());
			final byte[] grey = GreyPixels.of(image, samples.get(i).name(), samples.get(i).image(), rule, oddities);
			final byte[] labels = labels(image, samples.get(i), oddities);
			header.putInt(image.getWidth()).putInt(image.getHeight());
			content.update((samples.get(i).name() + '\0' + image.getWidth() + '\n').getBytes(StandardCharsets.UTF_8));
			for (final byte[] pixels : new byte[][] { grey, labels }) {
				content.update(pixels);
				writeFully(out, ByteBuffer.wrap(pixels));
			}
		}
		oddities.report(samples.size(), log);
		writeFully(out, ByteBuffer.wrap(content.digest()));
		out.position(0);
		writeFully(out, header.flip());
	}

	private static byte[] labels(final ImagePlus image, final Sample sample, final Oddities oddities) throws IOException {
		final byte[] labels = sample.labels().read(image.getWidth(), image.getHeight());
		boolean empty = true;
		for (int i = 0; i < labels.length && empty; i++)
			empty = labels[i] == 0;
		if (empty) oddities.addEmptyMask(sample.name());
		return labels;
	}

	private static void writeFully(final FileChannel out, final ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining())
			out.write(bytes);
	}

	/** Null if the file is not the cache of these sources. */
	private static PixelCache openExisting(final Path file, final byte[] key, final List<Sample> samples)
		throws IOException
	{
		final FileChannel channel = FileChannel.open(file);
		PixelCache cache = null;
		try {
			cache = readHeader(channel, key, samples);
		}
		finally {
			if (cache == null) channel.close();
		}
		return cache;
	}

	private static PixelCache readHeader(final FileChannel channel, final byte[] key, final List<Sample> samples)
		throws IOException
	{
		if (channel.size() < FIXED_BYTES) return null;
		final ByteBuffer fixed = ByteBuffer.allocate(FIXED_BYTES);
		readFully(channel, fixed, 0);
		fixed.flip();
		final byte[] found = new byte[HASH_BYTES];
		final boolean ours = fixed.getLong() == MAGIC;
		fixed.get(found);
		final int count = fixed.getInt();
		if (!ours || !Arrays.equals(found, key) || count != samples.size()) return null;
		if (FIXED_BYTES + (long) count * ENTRY_BYTES > channel.size()) return null;
		final ByteBuffer table = ByteBuffer.allocate(count * ENTRY_BYTES);
		readFully(channel, table, FIXED_BYTES);
		table.flip();
		final int[] widths = new int[count];
		final int[] heights = new int[count];
		for (int i = 0; i < count; i++) {
			widths[i] = table.getInt();
			heights[i] = table.getInt();
		}
		final PixelCache cache = new PixelCache(channel, samples.stream().map(Sample::name).toList(), widths, heights);
		return cache.offsets[count] + HASH_BYTES == channel.size() ? cache : null;
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

	/** The image's path inside its data set. */
	public String name(final int index) {
		return names.get(index);
	}

	public int width(final int index) {
		return widths[index];
	}

	public int height(final int index) {
		return heights[index];
	}

	/** Names the exact content, names and pixels, wherever and whenever it was written: 64 hexadecimal digits. */
	public String fingerprint() throws IOException {
		final byte[] hash = new byte[HASH_BYTES];
		readFully(channel, ByteBuffer.wrap(hash), offsets[size()]);
		return HexFormat.of().formatHex(hash);
	}

	/** The pixels of an image, 0..255, {@code height x width} in raster order. */
	public byte[] image(final int index) throws IOException {
		return pixels(index, offsets[index]);
	}

	/** The pixels of its labels, as {@link Labels} gives them: 0 or 255 in a mask. */
	public byte[] labels(final int index) throws IOException {
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
