package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.gson.JsonElement;

import sc.fiji.vasomim.files.Json;

/** The names of labels 1, 2, ..., as they stand beside label images or ROI files. */
final class ClassNames {

	private static final String BACKGROUND = "background";

	private ClassNames() {}

	/**
	 * The names in {@code classes.txt}, one a line, or in {@code labels.json}, a list or an object of numbers and names.
	 * A name for 0, or {@code background} first, is left out.
	 *
	 * @return empty if there is neither file
	 * @throws IOException naming the file, if it can't be read or names other numbers than 1, 2, ... without gaps
	 */
	static List<String> in(final Path folder) throws IOException {
		final Path text = folder.resolve("classes.txt");
		final Path json = folder.resolve("labels.json");
		final List<String> names = new ArrayList<>();
		if (Files.isRegularFile(text)) names.addAll(new String(Files.readAllBytes(text), StandardCharsets.UTF_8).replace(
			"\uFEFF", "").strip().lines().map(String::strip).toList());
		else if (Files.isRegularFile(json)) names.addAll(names(json));
		else return names;
		if (!names.isEmpty() && names.get(0).equalsIgnoreCase(BACKGROUND)) names.remove(0);
		try {
			return new Classes(names).names();
		}
		catch (final IllegalArgumentException e) {
			throw new IOException("Cannot read " + (Files.isRegularFile(text) ? text : json) + ": " + e.getMessage(), e);
		}
	}

	private static List<String> names(final Path file) throws IOException {
		final JsonElement json = Json.read(file, JsonElement.class);
		try {
			if (json.isJsonArray()) return json.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
			final Map<Integer, String> names = new TreeMap<>();
			json.getAsJsonObject().asMap().forEach((key, name) -> names.put(Integer.valueOf(key), name.getAsString()));
			names.remove(0);
			int number = 0;
			for (final int found : names.keySet())
				if (found != ++number) throw new IllegalStateException("it names " + found + ", but not " + number);
			return List.copyOf(names.values());
		}
		catch (final RuntimeException e) {
			throw new IOException("Cannot read " + file +
				": it must be a list of names, or numbers from 1 on and their names (" +
				e.getMessage() + ")", e);
		}
	}
}
