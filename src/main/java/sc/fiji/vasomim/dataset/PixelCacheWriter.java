package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Workers;
import sc.fiji.vasomim.dataset.PixelHeader.Entry;
import sc.fiji.vasomim.files.IntensityRule;

/** Writes the file of a {@link PixelCache}: decodes several images at once, and writes them in their order. */
final class PixelCacheWriter {

	private static final int THREADS = Runtime.getRuntime().availableProcessors();

	/** So many tell how large the others are. */
	private static final int SAMPLE = 16;

	private final FileChannel out;

	private final Path folder;

	private final IntensityRule rule;

	private final int unreadable;

	private final Progress progress;

	private final Consumer<String> log;

	private final Oddities oddities = new Oddities();

	private int failed;

	/** The last one. */
	private IOException failure;

	private int written;

	/** Files of an image and its labels, whatever links lead to them. */
	private record Source(Object image, Object labels) {

		private static Source of(final Sample sample) throws IOException {
			return new Source(identity(sample.image()), sample.labels().source());
		}
	}

	/** What was written of a source: where, and its pixels' hash. */
	private record Written(Entry entry, byte[] hash) {}

	/**
	 * @param out of the cache's file, empty
	 * @param folder that it lies in
	 */
	PixelCacheWriter(final FileChannel out, final Path folder, final IntensityRule rule, final int unreadable,
		final Progress progress, final Consumer<String> log)
	{
		this.out = out;
		this.folder = folder;
		this.rule = rule;
		this.unreadable = unreadable;
		this.progress = progress;
		this.log = log;
	}

	/** Equal for links to one file, where the system can tell; else the path without links. */
	static Object identity(final Path file) throws IOException {
		final Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
		return key == null ? file.toRealPath() : key;
	}

	/**
	 * @throws IOException if the cache can't be written
	 * @throws UncheckedIOException if too many sources can't be read: nobody must take that for a fault of the cache's file
	 */
	void write(final byte[] key, final List<Sample> samples) throws IOException {
		out.position(PixelHeader.bytes(samples.size()));
		final List<Entry> table = new ArrayList<>(samples.size());
		final MessageDigest content = PixelCache.sha256();
		try (Workers pool = new Workers("VasoMIM decoder", THREADS)) {
			writeSamples(samples, pool, table, content);
		}
		if (written == 0) throw new UncheckedIOException(new IOException("None of the " + samples.size() +
			" images can be read; the last one: " + failure.getMessage(), failure));
		oddities.report(written, log);
		new PixelHeader(key, content.digest(), table).write(out);
	}

	private void writeSamples(final List<Sample> samples, final Workers pool, final List<Entry> table,
		final MessageDigest content) throws IOException
	{
		final List<Source> sources = new ArrayList<>();
		for (final Sample sample : samples)
			sources.add(Source.of(sample));
		final int distinct = new HashSet<>(sources).size();
		final Map<Source, Written> done = new HashMap<>();
		final Map<Source, Future<DecodedSample>> ahead = new LinkedHashMap<>();
		int next = 0;
		for (int i = 0; i < samples.size(); i++) {
			if (progress.isCanceled() || Thread.currentThread().isInterrupted()) throw new CancellationException("while decoding images");
			progress.report(i, samples.size(), "decoding images");
			for (; next < samples.size() && ahead.size() < 4 * THREADS; next++) {
				final Sample sample = samples.get(next);
				if (!done.containsKey(sources.get(next))) ahead.computeIfAbsent(sources.get(next), s -> pool.submit(
					() -> DecodedSample.read(sample, rule)));
			}
			final Source source = sources.get(i);
			if (!done.containsKey(source)) {
				done.put(source, write(samples.get(i), ahead.remove(source)));
				// Now and then, for the first ones may be larger or smaller than the rest.
				if (written >= SAMPLE && Integer.bitCount(written) == 1) requireRoom(out.position(), written, distinct,
					usable());
			}
			final Written written = done.get(source);
			table.add(written.entry);
			if (written.hash == null) continue;
			content.update((samples.get(i).name() + '\0' + written.entry.width() + '\n').getBytes(StandardCharsets.UTF_8));
			content.update(written.hash);
		}
	}

	private long usable() {
		try {
			return Files.getFileStore(folder).getUsableSpace();
		}
		catch (final IOException e) {
			// Some mounts can't be asked; the disk itself will say when it is full.
			return 0;
		}
	}

	/**
	 * Ends now what would end after hours.
	 *
	 * @param bytes that so many images of all have taken
	 * @param usable bytes that are left; 0 where the system does not know
	 * @throws IOException if images of the same size do not fit into it
	 */
	static void requireRoom(final long bytes, final int images, final int all, final long usable) throws IOException {
		final double needed = (double) bytes / images * (all - images);
		if (usable > 0 && needed > usable) throw new IOException(String.format(Locale.ROOT, "the decoded pixels of %d images " +
			"need about %.1f GB more, but %.1f GB are free. Free space, or name a folder on another disk (cache).", all,
			needed / 1e9, usable / 1e9));
	}

	private Written write(final Sample sample, final Future<DecodedSample> decoding) throws IOException {
		final DecodedSample decoded;
		try {
			decoded = Workers.outcome(decoding);
		}
		catch (final IOException e) {
			failure = e;
			if (++failed > unreadable) throw new UncheckedIOException(unreadable == 0 ? e : new IOException("More than " +
				unreadable + " images can't be read; the last one: " + e.getMessage(), e));
			return new Written(Entry.UNREADABLE, null);
		}
		written++;
		oddities.add(sample.name(), decoded.applied());
		final boolean labelled = sample.labels() != Labels.NONE;
		if (labelled && decoded.isEmpty()) oddities.addEmptyMask(sample.name());
		final Entry entry = new Entry(out.position(), decoded.width(), decoded.height(), labelled ? 2 : 1, PixelHeader
			.checksum(decoded.grey()), PixelHeader.checksum(decoded.labels()));
		final MessageDigest hash = PixelCache.sha256();
		for (final byte[] pixels : labelled ? new byte[][] { decoded.grey(), decoded.labels() } : new byte[][] { decoded
			.grey() })
		{
			hash.update(pixels);
			writeFully(ByteBuffer.wrap(pixels));
		}
		return new Written(entry, hash.digest());
	}

	private void writeFully(final ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining())
			out.write(bytes);
	}
}
