package sc.fiji.vasomim.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import javax.imageio.stream.FileImageInputStream;

/**
 * Walks a TIFF's directories before a decoder sees them: decoders believe any count, some show a missing end of the
 * pixels as black, and what they cannot decode they name by a number, or show with wrong colours.
 */
final class TiffCheck {

	private static final int BITS_PER_SAMPLE = 258;
	private static final int COMPRESSION = 259;
	private static final int STRIP_OFFSETS = 273;
	private static final int SAMPLES_PER_PIXEL = 277;
	private static final int STRIP_BYTE_COUNTS = 279;
	private static final int PREDICTOR = 317;
	private static final int TILE_OFFSETS = 324;
	private static final int TILE_BYTE_COUNTS = 325;

	private static final int JPEG = 7;

	/** None, the three of fax machines, LZW, both of JPEG, both of deflate, PackBits. */
	private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 32946L, 32773L);

	private static final String REMEDY = "; save it without compression, or with LZW or deflate and without a predictor";

	private static final Set<Integer> NUMBERS = Set.of(BITS_PER_SAMPLE, COMPRESSION, SAMPLES_PER_PIXEL, PREDICTOR);

	/** Bytes of a value by type, BYTE, ASCII, SHORT, LONG, RATIONAL and so on; types start at 1. */
	private static final int[] TYPE_BYTES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4 };

	/** Where an entry's values are, and how long each is. */
	private record Values(long offset, long count, int bytes) {}

	private TiffCheck() {}

	/**
	 * @throws EOFException if a directory, one of its values, or the pixels of an image lie past the file's end
	 * @throws IOException if the directories are damaged
	 */
	static void check(final Path file) throws IOException {
		try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
			in.setByteOrder(in.read() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
			in.seek(4);
			final Set<Long> seen = new HashSet<>();
			for (long next = in.readUnsignedInt(); next != 0; next = in.readUnsignedInt()) {
				if (!seen.add(next)) throw new IOException("its TIFF directories run in a circle");
				in.seek(next);
				checkDirectory(in);
			}
		}
	}

	/** Leaves the stream at the link to the next directory. */
	private static void checkDirectory(final FileImageInputStream in) throws IOException {
		final int entries = in.readUnsignedShort();
		final long end = in.getStreamPosition() + 12L * entries;
		Values offsets = null;
		Values counts = null;
		final Map<Integer, Long> numbers = new HashMap<>();
		for (int i = 0; i < entries; i++) {
			in.seek(end - 12L * (entries - i));
			final int tag = in.readUnsignedShort();
			final Values values = values(in);
			if (tag == STRIP_OFFSETS || tag == TILE_OFFSETS) offsets = values;
			if (tag == STRIP_BYTE_COUNTS || tag == TILE_BYTE_COUNTS) counts = values;
			if (NUMBERS.contains(tag) && values.count > 0) numbers.put(tag, value(in, values, 0));
		}
		checkCompression(numbers);
		if (offsets == null) throw new IOException("a TIFF directory has no pixels");
		for (long i = 0; counts != null && i < Math.min(offsets.count, counts.count); i++) {
			if (value(in, offsets, i) + value(in, counts, i) > in.length()) throw new EOFException();
		}
		in.seek(end);
	}

	private static void checkCompression(final Map<Integer, Long> numbers) throws IOException {
		final long compression = numbers.getOrDefault(COMPRESSION, 1L);
		if (!COMPRESSIONS.contains(compression)) {
			throw new IOException("TIFF compression " + compression + " is not supported" + REMEDY);
		}
		final long samples = numbers.getOrDefault(SAMPLES_PER_PIXEL, 1L);
		if (compression == JPEG && samples != 1 && samples != 3) {
			throw new IOException("TIFF with JPEG of " + samples + " samples a pixel is not supported" + REMEDY);
		}
		final boolean differences = numbers.getOrDefault(PREDICTOR, 1L) > 1;
		if (differences && numbers.getOrDefault(BITS_PER_SAMPLE, 1L) != 8) {
			throw new IOException("TIFF with a predictor for samples of other than 8 bits is not supported" + REMEDY);
		}
	}

	private static Values values(final FileImageInputStream in) throws IOException {
		final int type = in.readUnsignedShort();
		final long count = in.readUnsignedInt();
		final int bytes = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 1;
		final long offset = count * bytes > 4 ? in.readUnsignedInt() : in.getStreamPosition();
		if (offset + count * bytes > in.length()) throw new EOFException();
		return new Values(offset, count, bytes);
	}

	private static long value(final FileImageInputStream in, final Values values, final long i) throws IOException {
		in.seek(values.offset + i * values.bytes);
		return values.bytes == 2 ? in.readUnsignedShort() : in.readUnsignedInt();
	}
}
