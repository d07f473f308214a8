package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import sc.fiji.vasomim.files.Json;

/**
 * The {@code settings.json} of a run folder: all that the run's result depends on.
 *
 * @param settings as a record
 */
record RunSettings(Path file, Object settings) {

	/** The file's name in the run folder. */
	static final String NAME = "settings.json";

	/** What may change when a run goes on: it is nothing to the result but rounding; precision is compared resolved. */
	private static final Set<String> FREE = Set.of("settings.device", "settings.saveevery", "settings.keepevery",
		"settings.microbatch", "settings.precision");

	private static final String VERSIONS = "versions.";

	void write() throws IOException {
		Json.write(file, settings);
	}

	/**
	 * That the run which was begun is this one. Where the work is done and how often it is saved may differ; of other
	 * versions the user is told.
	 *
	 * @throws IllegalArgumentException if it is another run
	 */
	void checkSame(final Consumer<String> log) throws IOException {
		final Map<String, String> differences = differences(before());
		differences.forEach((key, difference) -> {
			if (key.startsWith(VERSIONS)) log.accept("This run was begun with another version: " + difference +
				"; it goes on, but not to the bit");
		});
		differences.keySet().removeIf(key -> key.startsWith(VERSIONS));
		refuse(differences);
	}

	/** The same for settings of which some are not known yet. */
	void checkPart() throws IOException {
		final JsonObject before = before();
		retain(before, now());
		refuse(differences(before));
	}

	private static void retain(final JsonObject before, final JsonObject known) {
		before.keySet().retainAll(known.keySet());
		known.asMap().forEach((key, value) -> {
			if (value.isJsonObject() && before.get(key) instanceof JsonObject) retain(before.getAsJsonObject(key), value
				.getAsJsonObject());
		});
	}

	private JsonObject before() throws IOException {
		return Json.read(file, JsonObject.class);
	}

	private JsonObject now() {
		return new Gson().toJsonTree(settings).getAsJsonObject();
	}

	private Map<String, String> differences(final JsonObject before) {
		final Map<String, String> differences = new TreeMap<>();
		compare("", before, now(), differences);
		differences.keySet().removeAll(FREE);
		return differences;
	}

	private void refuse(final Map<String, String> differences) {
		if (!differences.isEmpty()) throw new IllegalArgumentException("output: " + file.getParent() +
			" holds a run with other settings (" + String.join(", ", differences.values()) +
			"). Use the same ones to go on with it, or choose another folder.");
	}

	private static void compare(final String path, final JsonObject before, final JsonObject now,
		final Map<String, String> differences)
	{
		final TreeSet<String> keys = new TreeSet<>(before.keySet());
		keys.addAll(now.keySet());
		for (final String key : keys) {
			final JsonElement a = before.get(key);
			final JsonElement b = now.get(key);
			if (a != null && b != null && a.isJsonObject() && b.isJsonObject()) compare(path + key + ".", a.getAsJsonObject(),
				b.getAsJsonObject(), differences);
			// As text: JSON's numbers are equal as doubles, which takes neighbouring large seeds for one.
			else if (!String.valueOf(a).equals(String.valueOf(b))) differences.put(path + key, path + key +
				" was " + a + ", now " + b);
		}
	}
}
