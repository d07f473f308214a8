package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.LockFile;
import sc.fiji.vasomim.files.Sha256;

/**
 * Names in place of patients, studies and files. Without the secret nobody can find out whose a name is by hashing all
 * patient numbers there are.
 *
 * @param secret empty for public sets, where there is nothing to hide and everybody shall get the same names
 */
record Pseudonyms(String secret) {

	static final Pseudonyms OPEN = new Pseudonyms("");

	private static final int DIGITS = 12;

	private static final int SECRET_BYTES = 32;

	/** With the secret of a file; a new one if the file is not there. */
	static Pseudonyms of(final Path file) throws IOException {
		if (Files.exists(file)) return new Pseudonyms(Files.readString(file).trim());
		final byte[] secret = new byte[SECRET_BYTES];
		new SecureRandom().nextBytes(secret);
		return new Pseudonyms(HexFormat.of().formatHex(secret));
	}

	/**
	 * Keeps the secret, so that later runs give the same names.
	 *
	 * @return the names that count: others than these, if another run was the first to keep its secret there
	 */
	Pseudonyms keep(final Path file) throws IOException {
		if (secret.isEmpty()) return this;
		try (LockFile lock = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"))) {
			if (lock == null) throw new IOException("Another run is just beginning in " + file.getParent().getParent() +
				"; run again");
			if (!Files.exists(file)) AtomicFile.write(file, secret + "\n");
			return of(file);
		}
	}

	/** 12 hexadecimal digits, the same for the same text. */
	String of(final String text) {
		return Sha256.of(secret + "\n" + text).substring(0, DIGITS);
	}

	/** What tables call a file: its path in a public set, else a hash, for people name folders after patients. */
	String source(final Path relative) {
		final String path = relative.toString().replace('\\', '/');
		return secret.isEmpty() ? path : of(path);
	}
}
