package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.google.gson.JsonObject;

import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.ModelFile;

/**
 * What is there already where an import or export is to write. It takes the place of its own earlier output alone, and
 * only of one that was made of the same file.
 *
 * @param file to write
 * @param source SHA-256 of what the file there was made of; null if none is there
 */
record Earlier(Path file, String source) {

	/** Of an exported file's header: SHA-256 of the model. */
	static final String SOURCE = "source_sha256";

	/** @throws IllegalArgumentException if a file is there that no import or export wrote */
	static Earlier at(final Path file) {
		if (!Files.exists(file)) return new Earlier(file, null);
		String source = null;
		try {
			source = file.toString().endsWith(".json") ? Json.read(file, Report.class).sha256() : source(file);
		}
		catch (final IOException e) {
			// Neither a report nor a safetensors file, so not one of ours.
		}
		if (source == null) throw new IllegalArgumentException("output: " + file +
			" is there already, and this command did not write it. Move it away, or choose another folder.");
		return new Earlier(file, source);
	}

	/** What an import says of itself, as far as it matters here. */
	private record Report(String sha256) {}

	private static String source(final Path file) throws IOException {
		try (SafetensorsFile there = SafetensorsFile.open(file)) {
			if (there.metadata().containsKey(SOURCE)) return there.metadata().get(SOURCE);
			final JsonObject provenance = ModelFile.provenance(there);
			return provenance.has(CheckpointImport.IMPORTED) && provenance.has("sha256") ? provenance.get("sha256")
				.getAsString() : null;
		}
	}

	/** @throws IllegalArgumentException if the file there was made of another than this one */
	void requireOf(final Path made, final String sha256) {
		if (source != null && !source.equals(sha256)) throw new IllegalArgumentException("output: " + file +
			" was made of another file than " + made + ". Move it away, or choose another folder.");
	}
}
