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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * The grey pixels of a data set, decoded once into one file: every image and its labels, 8 bits a pixel. Reading is
 * positional, so the system's page cache does the rest, and threads may share it.
 * <p>
 * The file: magic, SHA-256 of the sources' names, sizes and times, count, a checksum of the table; the table,
 * with each image's place in the file, width and height; then image and labels of each in turn; then SHA-256 of names and pixels. Links to one image and one mask
 * are stored once, an image that could not be read not at all. It is rebuilt when a source changed.
 */
public final class PixelCache implements AutoCloseable {

	static final long MAGIC = 0x5641534f50495833L; // "VASOPIX3"

	private static final int HASH_BYTES = 32;

	/** Magic, key, count, checksum of the table. */
	static final int FIXED_BYTES = Long.BYTES + HASH_BYTES + Integer.BYTES + Long.BYTES;

	static final int ENTRY_BYTES = Long.BYTES + 2 * Integer.BYTES;

	private final FileChannel channel;

	private final List<String> names;

	private final int[] widths;

	private final int[] heights;

	private final long[] offsets;

	private PixelCache(final FileChannel channel, final List<String> names, final List<Entry> entries) {
		this.channel = channel;
		this.names = names;
		widths = entries.stream().mapToInt(Entry::width).toArray();
		heights = entries.stream().mapToInt(Entry::height).toArray();
		offsets = entries.stream().mapToLong(Entry::offset).toArray();
	}

	/** Where an image lies in the file; of width 0 if it could not be read. */
	record Entry(long offset, int width, int height) {

		static final Entry UNREADABLE = new Entry(0, 0, 0);

		private long end() {
			return offset + 2L * width * height;
		}
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
		return open(file, samples, rule, 0, progress, log);
	}

	/**
	 * The same, but so many images may be left out because they, or their labels, can't be read.
	 *
	 * @param log is told each time how many were, and the names of some
	 */
	public static PixelCache open(final Path file, final List<Sample> samples, final IntensityRule rule,
		final int unreadable, final Progress progress, final Consumer<String> log) throws IOException
	{
		final byte[] key = key(samples, rule);
		PixelCache cache = Files.isRegularFile(file) ? openExisting(file, key, samples) : null;
		if (cache == null) {
			AtomicFile.writeChannel(file, out -> new PixelCacheWriter(out, rule, unreadable, progress, log).write(key, samples));
			cache = openExisting(file, key, samples);
		}
		if (cache == null) throw new IOException("Cannot read back " + file + " just after writing it");
		final List<String> read = cache.names;
		if (read.size() == samples.size()) return cache;
		final List<String> left = new ArrayList<>(samples.stream().map(Sample::name).toList());
		left.removeAll(Set.copyOf(read));
		if (left.size() > unreadable) {
			cache.close();
			throw new IOException("Cannot read " + left.size() + " of " + samples.size() + " images: " + Oddities.some(left) +
				". Copy them again, or allow so many unreadable ones.");
		}
		Oddities.tell(left, "can't be read and are left out", samples.size(), log);
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

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
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
		final long checksum = fixed.getLong();
		if (!ours || !Arrays.equals(found, key) || count != samples.size()) return null;
		if (FIXED_BYTES + (long) count * ENTRY_BYTES > channel.size()) return null;
		final ByteBuffer table = ByteBuffer.allocate(count * ENTRY_BYTES);
		readFully(channel, table, FIXED_BYTES);
		table.flip();
		final CRC32 crc = new CRC32();
		crc.update(table.array());
		if (crc.getValue() != checksum) return null;
		final List<Entry> entries = new ArrayList<>();
		for (int i = 0; i < count; i++)
			entries.add(new Entry(table.getLong(), table.getInt(), table.getInt()));
		final long end = entries.stream().mapToLong(Entry::end).max().orElse(0);
		if (end + HASH_BYTES != channel.size()) return null;
		final List<String> names = IntStream.range(0, count).filter(i -> entries.get(i).width > 0).mapToObj(i -> samples.get(i)
			.name()).toList();
		return new PixelCache(channel, names, entries.stream().filter(entry -> entry.width > 0).toList());
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
		readFully(channel, ByteBuffer.wrap(hash), channel.size() - HASH_BYTES);
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
