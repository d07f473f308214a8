package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** Records as JSON: settings, manifests, lists of hashes. NaN and infinite numbers are refused: JSON has none. */
public final class Json {

	private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();

	private Json() {}

	/** On one line, without spaces: the same value gives the same text. */
	public static String line(final Object value) {
		return LINE.toJson(value);
	}

	/** Writes the value, indented, by {@link AtomicFile}. */
	public static void write(final Path file, final Object value) throws IOException {
		AtomicFile.write(file, PRETTY.toJson(value) + "\n");
	}

	/**
	 * @param type a record or another type that Gson can make; a record's own validation holds
	 * @throws IOException naming the file, if it can't be read, isn't JSON, or doesn't fit the type
	 */
	public static <T> T read(final Path file, final Class<T> type) throws IOException {
		final T value;
		try {
			value = PRETTY.fromJson(Files.readString(file), type);
		}
		catch (final IOException e) {
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
		catch (final RuntimeException e) {
			// Gson wraps what a record's constructor threw; that message is the one that helps.
			final Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
			throw new IOException("Cannot read " + file + ": " + cause.getMessage(), e);
		}
		if (value == null) throw new IOException("Cannot read " + file + ": it is empty");
		return value;
	}
}
