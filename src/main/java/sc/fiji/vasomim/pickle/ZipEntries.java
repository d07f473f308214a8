package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The directory of a zip archive, with the 64-bit fields that archives above 4 GiB have. Only stored entries can be
 * located, which is how PyTorch writes them: then their bytes are read where they lie. Java's own reader does not say
 * where that is.
 */
final class ZipEntries {

	/** 46 bytes and a name an entry: room for 200,000. */
	private static final int LONGEST_DIRECTORY = 16 << 20;

	private static final int END_BYTES = 22;

	private static final int LONGEST_COMMENT = 0xffff;

	private static final long IN_64_BITS = 0xffffffffL;

	/** An entry and its place in the map, beside its name. */
	private static final int ENTRY_BYTES = 256;

	/** The buffer, the channel's own outside of the heap, and for the name in it, what it is compared with. */
	private static final int READ_COPIES = 4;

	/** As bytes, decoded, and as a text of two bytes a letter at most. */
	private static final int NAME_COPIES = 6;

	private final FileChannel channel;

	private final Allowance allowance;

	/** Where the directory begins, and so the entries end. */
	private long directoryStart;

	private final Map<String, Entry> entries = new HashMap<>();

	private record Entry(byte[] name, int flags, int method, long packed, long size, long header) {}

	ZipEntries(final FileChannel channel, final Allowance allowance) throws IOException {
		this.channel = channel;
		this.allowance = allowance;
		final ByteBuffer directory = directory();
		while (directory.hasRemaining()) {
			final Entry entry = entry(directory);
			final String name = PickleInput.utf8(entry.name);
			if (entries.put(name, entry) != null) throw new IOException("its entry " + KnownGlobals.quote(name) +
				" occurs twice");
		}
	}

	Set<String> names() {
		return entries.keySet();
	}

	/** Bytes of an entry; -1 if there is none of that name. */
	long size(final String name) {
		return entries.containsKey(name) ? entries.get(name).size : -1;
	}

	/**
	 * Where an entry's bytes begin, from the file's start.
	 *
	 * @throws IOException if it is not there, not stored, or does not lie inside of the file as the directory says
	 */
	long start(final String name) throws IOException {
		final Entry entry = entries.get(name);
		if (entry == null) throw new IOException("it lacks the entry " + KnownGlobals.quote(name));
		if (entry.method != 0 || (entry.flags & 1) != 0 || entry.packed != entry.size) throw new IOException("its entry " +
			KnownGlobals.quote(name) + " is packed or encrypted; PyTorch stores. Save it again with torch.save");
		final int fixed = 30;
		final ByteBuffer local = read(entry.header, fixed + entry.name.length);
		final byte[] localName = Arrays.copyOfRange(local.array(), fixed, local.capacity());
		if (local.getInt(0) != 0x04034b50 || (local.getShort(26) & 0xffff) != entry.name.length || !Arrays.equals(localName,
			entry.name)) throw new IOException("its entry " + KnownGlobals.quote(name) + " is not where the directory says");
		final long start = entry.header + local.capacity() + (local.getShort(28) & 0xffff);
		if (start > directoryStart - entry.size) throw new IOException("its entry " + KnownGlobals.quote(name) + " of " +
			entry.size + " bytes does not lie inside of the file");
		return start;
	}

	private ByteBuffer directory() throws IOException {
		final long size = channel.size();
		final int tail = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
		final ByteBuffer end = read(size - tail, tail);
		int at = tail - END_BYTES;
		while (at >= 0 && (end.getInt(at) != 0x06054b50 || at + END_BYTES + (end.getShort(at + 20) & 0xffff) != tail)) at--;
		if (at < 0) throw new IOException("it has no zip directory; the download may be incomplete");
		final long endStart = size - tail + at;
		final long longEnd = endStart < 20 ? -1 : longEnd(endStart - 20);
		final ByteBuffer record = longEnd < 0 ? null : read(longEnd, 56);
		if (record != null && record.getInt(0) != 0x06064b50) throw new IOException("its 64-bit zip directory is damaged");
		final long length = record == null ? end.getInt(at + 12) & IN_64_BITS : record.getLong(40);
		directoryStart = record == null ? end.getInt(at + 16) & IN_64_BITS : record.getLong(48);
		final long directoryEnd = record == null ? endStart : longEnd;
		if (length < 0 || length > LONGEST_DIRECTORY || directoryStart < 0 || directoryStart > directoryEnd - length)
			throw new IOException("its zip directory of " + length + " bytes at " + directoryStart +
				" does not lie inside of the file, or is longer than " + LONGEST_DIRECTORY);
		return read(directoryStart, (int) length);
	}

	/** Where the 64-bit end of the directory is, as its locator at {@code at} says; -1 if there is none. */
	private long longEnd(final long at) throws IOException {
		final ByteBuffer locator = read(at, 20);
		if (locator.getInt(0) != 0x07064b50) return -1;
		final long longEnd = locator.getLong(8);
		if (longEnd < 0 || longEnd > at - 56) throw new IOException("its 64-bit zip directory is damaged");
		return longEnd;
	}

	private Entry entry(final ByteBuffer directory) throws IOException {
		final int fixed = 46;
		final int start = directory.position();
		if (directory.remaining() < fixed || directory.getInt(start) != 0x02014b50) throw new IOException(
			"its zip directory is damaged");
		final int nameLength = directory.getShort(start + 28) & 0xffff;
		final int extraLength = directory.getShort(start + 30) & 0xffff;
		final int commentLength = directory.getShort(start + 32) & 0xffff;
		if (directory.remaining() < fixed + nameLength + extraLength + commentLength) throw new IOException(
			"its zip directory is damaged");
		allowance.take(ENTRY_BYTES + (long) NAME_COPIES * nameLength);
		final byte[] name = new byte[nameLength];
		directory.get(start + fixed, name);
		final ByteBuffer extra = directory.slice(start + fixed + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN);
		final ByteBuffer longs = longs(extra);
		final long size = wide(directory.getInt(start + 24), longs);
		final long packed = wide(directory.getInt(start + 20), longs);
		final long header = wide(directory.getInt(start + 42), longs);
		directory.position(start + fixed + nameLength + extraLength + commentLength);
		if (size < 0 || packed < 0 || header < 0) throw new IOException("its zip directory is damaged");
		return new Entry(name, directory.getShort(start + 8), directory.getShort(start + 10), packed, size, header);
	}

	/** The extra field with 64-bit numbers, in which those stand that do not fit elsewhere; empty if there is none. */
	private static ByteBuffer longs(final ByteBuffer extra) {
		while (extra.remaining() >= 4) {
			final int id = extra.getShort();
			final int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
			if (id == 1) return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
			extra.position(extra.position() + length);
		}
		return ByteBuffer.allocate(0);
	}

	private static long wide(final int narrow, final ByteBuffer longs) throws IOException {
		if (narrow != -1) return narrow & IN_64_BITS;
		if (longs.remaining() < Long.BYTES) throw new IOException("its zip directory is damaged");
		return longs.getLong();
	}

	private ByteBuffer read(final long position, final int length) throws IOException {
		if (position > channel.size() - length) throw new IOException("its zip directory points behind the file's end");
		allowance.take((long) READ_COPIES * length);
		final ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
		while (bytes.hasRemaining())
			if (channel.read(bytes, position + bytes.position()) < 0) throw new IOException("it was cut while open");
		return bytes.flip();
	}
}
