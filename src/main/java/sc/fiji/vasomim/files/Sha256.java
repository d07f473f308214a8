package sc.fiji.vasomim.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** SHA-256 as 64 lower-case hexadecimal digits: says that two contents are the same without telling their names. */
public final class Sha256 {

	private Sha256() {}

	/** The hash of a file's content, read in pieces of 64 KiB. */
	public static String of(final Path file) throws IOException {
		return of(file, bytes -> {});
	}

	/** @param read is told how many bytes each piece had, and may end the work by an exception */
	public static String of(final Path file, final LongConsumer read) throws IOException {
		final MessageDigest digest = digest();
		try (InputStream stream = Files.newInputStream(file)) {
			final byte[] piece = new byte[1 << 16];
			for (int n = stream.read(piece); n >= 0; n = stream.read(piece)) {
				digest.update(piece, 0, n);
				read.accept(n);
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/** The hash of a text's UTF-8 bytes. */
	public static String of(final String text) {
		return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java platform has SHA-256", e);
		}
	}
}
