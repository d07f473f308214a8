package sc.fiji.vasomim.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;

/** The one line on stdout that says how a run ended: JSON with {@code status}, a failure's {@code message}, figures. */
final class ResultLine {

	private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping()
		.registerTypeAdapter(double.class, new Finite()).registerTypeAdapter(Double.class, new Finite())
		.registerTypeAdapter(float.class, new Finite()).registerTypeAdapter(Float.class, new Finite())
		.registerTypeHierarchyAdapter(Path.class, name()).registerTypeHierarchyAdapter(File.class, name()).create();

	private ResultLine() {}

	/**
	 * @param message why the run did not succeed; null if it did
	 * @param result the command's record, whose components become fields of the line; null for none
	 * @return the line; a number that is not finite, which JSON can't hold, is null
	 */
	static String of(final ExitCode code, final String message, final Object result) {
		final JsonObject line = new JsonObject();
		line.addProperty("status", code.status());
		if (message != null) line.addProperty("message", message);
		final JsonElement figures = GSON.toJsonTree(result);
		if (figures.isJsonObject()) figures.getAsJsonObject().asMap().forEach(line::add);
		else if (!figures.isJsonNull()) line.add("result", figures);
		return GSON.toJson(line);
	}

	private static <T> JsonSerializer<T> name() {
		return (value, type, context) -> new JsonPrimitive(value.toString());
	}

	private static final class Finite extends TypeAdapter<Number> {

		@Override
		public void write(final JsonWriter out, final Number value) throws IOException {
			if (value != null && Double.isFinite(value.doubleValue())) out.value(value);
			else out.nullValue();
		}

		@Override
		public Number read(final JsonReader in) {
			throw new UnsupportedOperationException("a result is only written");
		}
	}
}
