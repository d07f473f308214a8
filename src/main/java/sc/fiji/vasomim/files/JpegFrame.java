package sc.fiji.vasomim.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What kind of image a JPEG is (ITU-T T.81, B.2.2).
 *
 * @param process 0xC0 baseline, 0xC1 extended, 0xC2 progressive, 0xC3 lossless, and so on
 * @param precision bits of a sample
 */
record JpegFrame(int process, int precision, int width, int height, int components) {

	static final int LOSSLESS = 0xc3;

	static final int SCAN = 0xda;

	private static final int PROFILE = 0xe2;

	/** @throws IOException if this is no JPEG; buffer underflow if it ends before its frame header */
	static JpegFrame of(final byte[] jpeg) throws IOException {
		final ByteBuffer in = ByteBuffer.wrap(jpeg);
		if (in.getShort() != (short) 0xffd8) throw new IOException("its JPEG data do not begin as such");
		while (true) {
			final int marker = marker(in);
			final ByteBuffer segment = segment(in);
			// Between C0 and CF, these three are no frame headers: Huffman tables, an extension, arithmetic coding.
			if (marker < 0xc0 || marker > 0xcf || marker == 0xc4 || marker == 0xc8 || marker == 0xcc) continue;
			final int precision = segment.get();
			final int height = segment.getShort() & 0xffff;
			return new JpegFrame(marker, precision, segment.getShort() & 0xffff, height, segment.get() & 0xff);
		}
	}

	/**
	 * The JPEG without its ICC profile, by which the Java platform would change its values.
	 *
	 * @throws IOException if this is no JPEG; buffer underflow if it ends before its pixels
	 */
	static ImageInputStream withoutProfile(final byte[] jpeg) throws IOException {
		final ByteBuffer in = ByteBuffer.wrap(jpeg);
		final ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
		out.write(jpeg, 0, 2);
		in.position(2);
		for (int marker = 0; marker != SCAN;) {
			final int from = in.position();
			marker = marker(in);
			segment(in);
			if (marker != PROFILE) out.write(jpeg, from, in.position() - from);
		}
		out.write(jpeg, in.position(), in.remaining());
		return new MemoryCacheImageInputStream(new ByteArrayInputStream(out.toByteArray()));
	}

	/** The low byte of the marker that comes next. */
	static int marker(final ByteBuffer in) throws IOException {
		if (in.get() != -1) throw new IOException("its JPEG data are damaged: a marker is missing");
		int marker = in.get();
		// Any number of bytes FF may precede a marker.
		while (marker == -1) marker = in.get();
		return marker & 0xff;
	}

	/** The parameters that follow a marker; the buffer is left behind them. */
	static ByteBuffer segment(final ByteBuffer in) {
		final int length = (in.getShort() & 0xffff) - 2;
		final ByteBuffer segment = in.slice(in.position(), length);
		in.position(in.position() + length);
		return segment;
	}
}
