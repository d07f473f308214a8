package sc.fiji.vasomim.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lossless JPEG with Huffman coding (ITU-T T.81, annex H: SOF3, predictors 1 to 7, 2 to 16 bits), in which most
 * angiograms are archived. Our own because the Java platform has no decoder and TwelveMonkeys' shows an image whose
 * end is missing without a word, refuses odd precisions, and as a plug-in takes over all reading of JPEG in Fiji.
 */
final class LosslessJpeg {

	private static final int DHT = 0xc4;
	private static final int RST0 = 0xd0;
	private static final int EOI = 0xd9;
	private static final int DRI = 0xdd;

	private final ByteBuffer in;

	private final JpegFrame frame;

	/** The frame's components in their order. */
	private final int[] ids;

	private final int[] samples;

	/** For the next 16 bits, 256 times the length of the code they begin with plus its symbol; 0 where there is none. */
	private final short[][] codes = new short[4][];

	private int restartInterval;

	private long bits;

	private int bitCount;

	private LosslessJpeg(final byte[] jpeg, final JpegFrame frame) {
		in = ByteBuffer.wrap(jpeg);
		this.frame = frame;
		ids = new int[frame.components()];
		samples = new int[Math.multiplyExact(frame.width() * frame.height(), frame.components())];
	}

	/**
	 * @param frame the JPEG's own; its size is trusted, so the caller checks it first
	 * @return H x W x components
	 * @throws IOException if any part of the image is missing or a sample exceeds the precision
	 */
	static int[] decode(final byte[] jpeg, final JpegFrame frame) throws IOException {
		if (frame.precision() < 2 || frame.precision() > 16) throw damaged("its precision is " + frame.precision());
		final LosslessJpeg decoder = new LosslessJpeg(jpeg, frame);
		decoder.decode();
		return decoder.samples;
	}

	private void decode() throws IOException {
		in.position(2);
		int decoded = 0;
		while (decoded < ids.length) {
			final int marker = JpegFrame.marker(in);
			if (marker == EOI) throw new EOFException();
			final ByteBuffer segment = JpegFrame.segment(in);
			if (marker == JpegFrame.LOSSLESS) components(segment);
			else if (marker == DHT) huffmanTables(segment);
			else if (marker == DRI) restartInterval = segment.getShort() & 0xffff;
			else if (marker == JpegFrame.SCAN) decoded += scan(segment);
		}
	}

	private void components(final ByteBuffer segment) throws IOException {
		for (int i = 0; i < ids.length; i++) {
			ids[i] = segment.get(6 + 3 * i);
			if (segment.get(7 + 3 * i) != 0x11) throw damaged("its components differ in size");
		}
	}

	/** Annex C: codes of one length are consecutive, and longer ones go on from twice the next. */
	private void huffmanTables(final ByteBuffer segment) throws IOException {
		while (segment.hasRemaining()) {
			final int destination = segment.get();
			final byte[] counts = new byte[16];
			segment.get(counts);
			final short[] table = new short[1 << 16];
			int from = 0;
			for (int length = 1; length <= 16; length++) {
				for (int i = 0; i < (counts[length - 1] & 0xff); i++) {
					final int to = from + (1 << 16 - length);
					if (to > table.length) throw damaged("a Huffman table has too many codes");
					Arrays.fill(table, from, to, (short) (length << 8 | segment.get() & 0xff));
					from = to;
				}
			}
			// Tables for AC coefficients, 16 and above, are none of this process.
			if (destination >= 0 && destination < 4) codes[destination] = table;
		}
	}

	/** @return the number of components in the scan */
	private int scan(final ByteBuffer segment) throws IOException {
		final int n = segment.get();
		final int[] offsets = new int[n];
		final short[][] tables = new short[n][];
		for (int i = 0; i < n; i++) {
			final int id = segment.get();
			while (offsets[i] < ids.length && ids[offsets[i]] != id) offsets[i]++;
			final int table = segment.get() >> 4;
			if (offsets[i] == ids.length || table < 0 || table > 3 || codes[table] == null) {
				throw damaged("a scan names a component or table that is missing");
			}
			tables[i] = codes[table];
		}
		final int predictor = segment.get();
		segment.get();
		final int shift = segment.get() & 0xf;
		if (n < 1 || predictor < 1 || predictor > 7 || shift >= frame.precision()) throw damaged("a scan is damaged");
		final int width = frame.width();
		if (restartInterval % width != 0) throw damaged("its restart intervals are no whole lines");
		bitCount = 0;
		for (int y = 0; y < frame.height(); y++) {
			final boolean restarted = restartInterval > 0 && y % (restartInterval / width) == 0;
			if (restarted && y > 0) restart(y / (restartInterval / width) - 1);
			for (int x = 0; x < width; x++) {
				for (int i = 0; i < n; i++) {
					final int at = (y * width + x) * ids.length + offsets[i];
					final int value = predict(at, x, restarted || y == 0, predictor, shift) + difference(tables[i]) & 0xffff;
					if (value >> frame.precision() - shift != 0) throw damaged("a sample exceeds its precision");
					samples[at] = value;
				}
			}
		}
		// The prediction works on shifted samples, so they are brought to their size at the end (H.1.2.1, A.4).
		if (shift > 0) for (final int offset : offsets) {
			for (int at = offset; at < samples.length; at += ids.length) samples[at] <<= shift;
		}
		return n;
	}

	/** Table H.1, with the first line and column of H.1.1. */
	private int predict(final int at, final int x, final boolean firstLine, final int predictor, final int shift) {
		final int step = ids.length;
		if (firstLine) return x == 0 ? 1 << frame.precision() - shift - 1 : samples[at - step];
		final int above = samples[at - frame.width() * step];
		if (x == 0) return above;
		final int left = samples[at - step];
		final int corner = samples[at - (frame.width() + 1) * step];
		switch (predictor) {
			case 1:
				return left;
			case 2:
				return above;
			case 3:
				return corner;
			case 4:
				return left + above - corner;
			case 5:
				return left + (above - corner >> 1);
			case 6:
				return above + (left - corner >> 1);
			default:
				return left + above >> 1;
		}
	}

	/** H.1.2.2: the code tells how many bits follow. */
	private int difference(final short[] table) throws IOException {
		final int code = table[peek(16)];
		take(code >> 8);
		final int length = code & 0xff;
		if (code == 0 || length > 16) throw damaged("a Huffman code is unknown");
		if (length == 0) return 0;
		if (length == 16) return 1 << 15;
		final int value = peek(length);
		take(length);
		return value < 1 << length - 1 ? value - (1 << length) + 1 : value;
	}

	/** The next bits, up to 16; zeros where the data end. */
	private int peek(final int count) {
		if (bitCount < count) fill();
		final long aligned = bitCount >= count ? bits >>> bitCount - count : bits << count - bitCount;
		return (int) aligned & (1 << count) - 1;
	}

	private void fill() {
		while (bitCount <= 48 && in.hasRemaining()) {
			final int value = in.get(in.position()) & 0xff;
			if (value == 0xff) {
				// A zero was stuffed behind a data byte FF; anything else is a marker.
				if (in.remaining() < 2 || in.get(in.position() + 1) != 0) return;
				in.get();
			}
			in.get();
			bits = bits << 8 | value;
			bitCount += 8;
		}
	}

	private void take(final int count) throws EOFException {
		if (count > bitCount) throw new EOFException();
		bitCount -= count;
	}

	/** Goes over a restart marker to the next byte. */
	private void restart(final int number) throws IOException {
		bitCount = 0;
		if (JpegFrame.marker(in) != RST0 + number % 8) throw damaged("a restart marker is missing");
	}

	private static IOException damaged(final String why) {
		return new IOException("its lossless JPEG data are damaged: " + why);
	}
}
