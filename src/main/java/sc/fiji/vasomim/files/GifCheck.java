package sc.fiji.vasomim.files;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Walks a GIF's blocks to its trailer: Java's decoder counts the frames of a truncated one without a word. */
final class GifCheck {

	private static final int EXTENSION = 0x21;
	private static final int IMAGE = 0x2c;
	private static final int TRAILER = 0x3b;

	private GifCheck() {}

	/** @throws java.io.EOFException if the file ends before its trailer */
	static void check(final Path file) throws IOException {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			in.readFully(new byte[10]);
			final int screen = in.readUnsignedByte();
			in.readFully(new byte[2 + paletteBytes(screen)]);
			for (int block = in.readUnsignedByte(); block != TRAILER; block = in.readUnsignedByte()) {
				if (block != EXTENSION && block != IMAGE) throw new IOException("a GIF block is damaged");
				if (block == IMAGE) {
					in.readFully(new byte[8]);
					in.readFully(new byte[paletteBytes(in.readUnsignedByte())]);
				}
				// The extension's label or the pixels' code size, then data in pieces up to one without length.
				in.readUnsignedByte();
				for (int n = in.readUnsignedByte(); n > 0; n = in.readUnsignedByte()) in.readFully(new byte[n]);
			}
		}
	}

	private static int paletteBytes(final int flags) {
		return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
	}
}
