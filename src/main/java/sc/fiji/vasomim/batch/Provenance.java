package sc.fiji.vasomim.batch;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.Sha256;

/**
 * Where results come from, for the manifest.
 *
 * @param settings an immutable record that JSON can hold, without paths and patients' data
 * @param versions of the programs and models involved, by name
 * @param seed of the random draws; null if there are none
 * @param device that did the work; null if that makes no difference worth telling
 */
public record Provenance(Object settings, Map<String, String> versions, Long seed, String device) {

	public Provenance {
		if (settings == null) throw new IllegalArgumentException("settings: must not be null; give an empty record");
		versions = Collections.unmodifiableMap(new TreeMap<>(versions));
	}

	/** Equal for runs that give the same results from the same input: of all but the device. */
	public String sha256() {
		return Sha256.of(Json.line(settings) + Json.line(versions) + seed);
	}
}
