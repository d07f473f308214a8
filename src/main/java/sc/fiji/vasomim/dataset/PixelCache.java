package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelHeader.Entry;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * The grey pixels of a data set, decoded once into one file: every image and its labels, 8 bits a pixel. Reading is
 * positional, so the system's page cache does the rest, and threads may share it.
 * <p>
 * The file: a {@link PixelHeader}, then image and labels of each in turn. Links to one image and one mask are stored
 * once, an image that could not be read not at all. It is rebuilt when a source changed, or can be read now; pixels that
 * were altered in the file are not handed out.
 */
public final class PixelCache implements AutoCloseable {

	private final Path file;

	private final FileChannel channel;

	private final String fingerprint;

	private final List<String> names;

	private final List<Entry> entries;

	private PixelCache(final Path file, final FileChannel channel, final PixelHeader header, final List<Sample> samples) {
		this.file = file;
		this.channel = channel;
		fingerprint = HexFormat.of().formatHex(header.content());
		names = IntStream.range(0, samples.size()).filter(i -> header.entries().get(i).isReadable()).mapToObj(i -> samples.get(
			i).name()).toList();
		entries = header.entries().stream().filter(Entry::isReadable).toList();
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
		if (cache != null && cache.lacksReadable(samples, rule)) {
			cache.close();
			cache = null;
		}
		if (cache == null) {
			write(file, key, samples, rule, unreadable, progress, log);
			cache = openExisting(file, key, samples);
		}
		if (cache == null) throw new IOException("Cannot read back " + file + " just after writing it");
		final List<String> left = cache.leftOut(samples).stream().map(Sample::name).toList();
		if (left.size() > unreadable) {
			cache.close();
			throw new IOException("Cannot read " + left.size() + " of " + samples.size() + " images: " + Oddities.some(left) +
				". Copy them again, or allow so many unreadable ones; " + file + " holds the others.");
		}
		Oddities.tell(left, "can't be read and are left out", samples.size(), log);
		return cache;
	}

	private static void write(final Path file, final byte[] key, final List<Sample> samples, final IntensityRule rule,
		final int unreadable, final Progress progress, final Consumer<String> log) throws IOException
	{
		try {
			AtomicFile.writeChannel(file, out -> new PixelCacheWriter(out, file.toAbsolutePath().getParent(), rule, unreadable,
				progress, log).write(key, samples));
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private List<Sample> leftOut(final List<Sample> samples) {
		if (names.size() == samples.size()) return List.of();
		final Set<String> read = Set.copyOf(names);
		return samples.stream().filter(sample -> !read.contains(sample.name())).toList();
	}

	/** Whether an image that could not be read can be now: neither its size nor its time need have changed for that. */
	private boolean lacksReadable(final List<Sample> samples, final IntensityRule rule) {
		for (final Sample sample : leftOut(samples))
			try {
				DecodedSample.read(sample, rule);
				return true;
			}
			catch (final IOException e) {
				// As before.
			}
			catch (final IllegalArgumentException e) {
				// It is read, but does not fit: making the cache says so.
				return true;
			}
		return false;
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
		PixelHeader header = null;
		try {
			header = PixelHeader.read(channel, key, samples.size());
		}
		finally {
			if (header == null) channel.close();
		}
		return header == null ? null : new PixelCache(file, channel, header, samples);
	}

	/** Images in the cache. */
	public int size() {
		return names.size();
	}

	/** The image's path inside its data set. */
	public String name(final int index) {
		return names.get(index);
	}

	public int width(final int index) {
		return entries.get(index).width();
	}

	public int height(final int index) {
		return entries.get(index).height();
	}

	/** Names the exact content, names and pixels, wherever and whenever it was written: 64 hexadecimal digits. */
	public String fingerprint() {
		return fingerprint;
	}

	/** Whether every image has labels. */
	public boolean isLabelled() {
		return entries.stream().allMatch(entry -> entry.layers() == 2);
	}

	/**
	 * The pixels of an image, 0..255, {@code height x width} in raster order.
	 *
	 * @throws IOException if the disk refuses, or the pixels are not those that were written
	 */
	public byte[] image(final int index) throws IOException {
		final Entry entry = entries.get(index);
		return pixels(index, entry.offset(), entry.crc());
	}

	/** The pixels of its labels, as {@link Labels} gives them: 0 or 255 in a mask; 0 everywhere without labels. */
	public byte[] labels(final int index) throws IOException {
		final Entry entry = entries.get(index);
		return entry.layers() == 1 ? new byte[entry.pixels()] : pixels(index, entry.offset() + entry.pixels(), entry
			.labelsCrc());
	}

	private byte[] pixels(final int index, final long position, final int crc) throws IOException {
		final byte[] pixels = PixelHeader.read(channel, position, entries.get(index).pixels()).array();
		if (PixelHeader.checksum(pixels) != crc) throw new IOException("The pixels of " + name(index) + " in " + file +
			" are damaged. Delete that file: it is made again from the images.");
		return pixels;
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
