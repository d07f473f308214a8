package sc.fiji.vasomim.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this software, as the build wrote it. */
public final class SoftwareVersion {

	private SoftwareVersion() {}

	/** Such as {@code 0.1.0}. */
	public static String get() {
		try (InputStream in = SoftwareVersion.class.getResourceAsStream("/vasomim-version.txt")) {
			if (in == null) throw new IllegalStateException("The plugin's jar lacks vasomim-version.txt");
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
