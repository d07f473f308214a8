package sc.fiji.vasomim.files;

import java.io.DataInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Reads a PNG's chunks to its end: Java's decoder shows a truncated or altered file without a word. */
final class PngCheck {

	private static final int IEND = 0x49454e44;

	private PngCheck() {}

	/** @throws java.io.EOFException if the file ends before its last chunk */
	static void check(final Path file) throws IOException {
		final byte[] piece = new byte[1 << 16];
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			in.readLong();
			int type;
			do {
				int left = in.readInt();
				type = in.readInt();
				if (left < 0) throw new IOException("a PNG chunk has an impossible length");
				final CRC32 crc = new CRC32();
				for (int shift = 24; shift >= 0; shift -= 8) crc.update(type >> shift & 0xff);
				while (left > 0) {
					final int n = Math.min(left, piece.length);
					in.readFully(piece, 0, n);
					crc.update(piece, 0, n);
					left -= n;
				}
				if (in.readInt() != (int) crc.getValue()) throw new IOException("a PNG chunk is damaged (checksum)");
			}
			while (type != IEND);
		}
	}
}
