package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;

/** Records as JSON: settings, manifests, lists of hashes. NaN and infinite numbers are refused: JSON has none. */
public final class Json {

	private static final Gson LINE = new GsonBuilder().disableHtmlEscaping()
		.setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER).create();

	private static final Gson PRETTY = LINE.newBuilder().setPrettyPrinting().create();

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
		try {
			return parse(Files.readString(file), type);
		}
		catch (final IOException e) {
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
	}

	/**
	 * The value of a text, as {@link #read}. Numbers keep their digits where the type leaves them open.
	 *
	 * @throws IOException if the text isn't JSON or doesn't fit the type
	 */
	public static <T> T parse(final String text, final Class<T> type) throws IOException {
		try {
			final T value = LINE.fromJson(text, type);
			if (value == null) throw new IOException("it is empty");
			return value;
		}
		catch (final RuntimeException e) {
			// Gson wraps what a record's constructor threw; that message is the one that helps.
			final Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
			throw new IOException(cause.getMessage(), e);
		}
	}
}
