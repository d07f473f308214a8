package sc.fiji.vasomim.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import javax.imageio.stream.ImageInputStream;

/**
 * The samples of a DICOM image, a frame at a time, whatever they are packed in.
 *
 * @param width from 1; width x height x samples is below 2^31
 * @param samples of a pixel
 * @param bits of a sample as stored, 8 or 16
 */
record DicomPixels(DicomHeader header, int width, int height, int frames, int samples, int bits) {

	/**
	 * Samples for a byte at the utmost: JPEG spends a bit or more on a block of 64. What claims to hold more is damaged,
	 * and no memory is given to it.
	 */
	private static final int MAX_RATIO = 1024;

	/** What is done with a frame's samples: H x W x samples, unsigned, not to be kept. */
	@FunctionalInterface
	interface Consumer {

		void accept(int[] frame) throws IOException;
	}

	/** Reads all frames in their order. */
	void forEach(final Consumer consumer) throws IOException {
		if (header.syntax().coding() == TransferSyntax.Coding.NONE) readPlain(consumer);
		else {
			final DicomFragments fragments = new DicomFragments(header, frames);
			for (int i = 0; i < frames; i++) consumer.accept(decode(fragments.frame(i)));
		}
	}

	private void readPlain(final Consumer consumer) throws IOException {
		final ImageInputStream stream = header.stream();
		final byte[] bytes = new byte[Math.toIntExact((long) width * height * samples * bits / 8)];
		if (Math.min(header.pixelBytes(), header.remaining()) < (long) frames * bytes.length) throw new EOFException();
		final int n = width * height;
		final int[] frame = new int[n * samples];
		final boolean planar = samples > 1 && header.integer(DicomHeader.PLANAR_CONFIGURATION, 0) == 1;
		for (int f = 0; f < frames; f++) {
			stream.readFully(bytes);
			final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
			for (int i = 0; i < frame.length; i++) {
				final int at = planar ? i % n * samples + i / n : i;
				frame[at] = bits == 8 ? in.get() & 0xff : in.getShort() & 0xffff;
			}
			consumer.accept(frame);
		}
	}

	private int[] decode(final byte[] packed) throws IOException {
		final int n = width * height;
		if ((long) n * samples > (long) MAX_RATIO * packed.length) throw new EOFException();
		if (header.syntax().coding() == TransferSyntax.Coding.RUN_LENGTH) {
			return RunLength.decode(packed, n, samples, bits / 8);
		}
		final JpegFrame jpeg = JpegFrame.of(packed);
		if (jpeg.width() != width || jpeg.height() != height || jpeg.components() != samples || jpeg.precision() > bits) {
			throw new IOException("its JPEG data are of another size or type than its header says");
		}
		if (jpeg.process() == JpegFrame.LOSSLESS) return LosslessJpeg.decode(packed, jpeg);
		if (jpeg.precision() != 8) throw header.syntax().unsupported(" of " + jpeg.precision() + " bits");
		if (jpeg.process() > JpegFrame.LOSSLESS) throw header.syntax().unsupported(" of a process without a decoder");
		return RasterImage.jpegSamples(packed);
	}
}
