package sc.fiji.vasomim.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The beginning of a {@link PixelCache}'s file: magic, key, hash of the content, count, checksum of these two and the table;
 * then the table, an entry a sample.
 *
 * @param key names the sources, by size and time
 * @param content names the content, wherever and whenever it was written
 */
record PixelHeader(byte[] key, byte[] content, List<Entry> entries) {

	private static final long MAGIC = 0x5641534f50495834L; // "VASOPIX4"

	private static final int HASH_BYTES = 32;

	private static final int FIXED_BYTES = Long.BYTES + 2 * HASH_BYTES + Integer.BYTES + Long.BYTES;

	/**
	 * Where an image lies in the file; of width 0 if it could not be read.
	 *
	 * @param layers 2: image and labels; 1: the image alone, which has none
	 * @param crc of the image
	 * @param labelsCrc of its labels
	 */
	record Entry(long offset, int width, int height, int layers, int crc, int labelsCrc) {

		private static final int BYTES = Long.BYTES + 5 * Integer.BYTES;

		static final Entry UNREADABLE = new Entry(0, 0, 0, 0, 0, 0);

		private static Entry read(final ByteBuffer from) {
			return new Entry(from.getLong(), from.getInt(), from.getInt(), from.getInt(), from.getInt(), from.getInt());
		}

		private void write(final ByteBuffer to) {
			to.putLong(offset).putInt(width).putInt(height).putInt(layers).putInt(crc).putInt(labelsCrc);
		}

		boolean isReadable() {
			return width > 0;
		}

		/** Of one layer. */
		int pixels() {
			return width * height;
		}

		private long end() {
			return offset + (long) layers * width * height;
		}
	}

	/** Where the pixels begin. */
	static long bytes(final int samples) {
		return FIXED_BYTES + (long) samples * Entry.BYTES;
	}

	/** Null unless it is whole, of these sources, and all pixels are there. */
	static PixelHeader read(final FileChannel file, final byte[] key, final int samples) throws IOException {
		if (file.size() < bytes(samples)) return null;
		final ByteBuffer fixed = read(file, 0, FIXED_BYTES);
		final boolean ours = fixed.getLong() == MAGIC;
		final byte[] found = new byte[HASH_BYTES];
		final byte[] content = new byte[HASH_BYTES];
		fixed.get(found).get(content);
		if (!ours || !Arrays.equals(found, key) || fixed.getInt() != samples) return null;
		final ByteBuffer table = read(file, FIXED_BYTES, samples * Entry.BYTES);
		if (checksum(content, table.array()) != fixed.getLong()) return null;
		final List<Entry> entries = new ArrayList<>(samples);
		for (int i = 0; i < samples; i++)
			entries.add(Entry.read(table));
		if (entries.stream().mapToLong(Entry::end).max().orElse(0) != file.size()) return null;
		return new PixelHeader(key, content, entries);
	}

	/** Last, for it makes the file a cache. */
	void write(final FileChannel file) throws IOException {
		final ByteBuffer table = ByteBuffer.allocate(entries.size() * Entry.BYTES);
		entries.forEach(entry -> entry.write(table));
		final ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + table.capacity()).putLong(MAGIC).put(key).put(content)
			.putInt(entries.size()).putLong(checksum(content, table.array())).put(table.flip()).flip();
		file.position(0);
		while (bytes.hasRemaining())
			file.write(bytes);
	}

	/** CRC-32 of several arrays one after the other. */
	static int checksum(final byte[]... parts) {
		final CRC32 crc = new CRC32();
		for (final byte[] part : parts)
			crc.update(part);
		return (int) crc.getValue();
	}

	/** So many bytes from a position on. */
	static ByteBuffer read(final FileChannel file, final long position, final int bytes) throws IOException {
		final ByteBuffer into = ByteBuffer.allocate(bytes);
		while (into.hasRemaining())
			if (file.read(into, position + into.position()) < 0) throw new EOFException("the pixel cache ends early");
		return into.flip();
	}
}
