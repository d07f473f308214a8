package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** DICOM's run-length coding (PS3.5, annex G): every byte of the samples on its own, packed as in TIFF's PackBits. */
final class RunLength {

	private RunLength() {}

	/**
	 * @param n pixels
	 * @param samples of a pixel
	 * @param bytes of a sample
	 * @return n x samples, unsigned
	 */
	static int[] decode(final byte[] frame, final int n, final int samples, final int bytes) throws IOException {
		final ByteBuffer in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
		if (in.getInt() != samples * bytes) throw new IOException("its run-length data have the wrong number of segments");
		final int[] decoded = new int[Math.multiplyExact(n, samples)];
		for (int sample = 0; sample < samples; sample++) {
			for (int b = 0; b < bytes; b++) {
				in.position(in.getInt(4 * (1 + sample * bytes + b)));
				unpack(in, decoded, sample, samples);
			}
		}
		return decoded;
	}

	/** Appends a byte to every step-th value from the offset on. */
	private static void unpack(final ByteBuffer in, final int[] values, final int offset, final int step)
		throws IOException
	{
		for (int at = offset; at < values.length;) {
			final int control = in.get();
			// -128 does nothing.
			if (control == -128) continue;
			final int count = control < 0 ? 1 - control : 1 + control;
			final int repeated = control < 0 ? in.get() : 0;
			for (int i = 0; i < count; i++, at += step) {
				final int value = control < 0 ? repeated : in.get();
				if (at >= values.length) throw new IOException("its run-length data are longer than the image");
				values[at] = values[at] << 8 | value & 0xff;
			}
		}
	}
}
