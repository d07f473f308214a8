package sc.fiji.vasomim.torch;

import java.util.Map;
import java.util.TreeMap;

import sc.fiji.vasomim.files.SoftwareVersion;

/** The versions that numbers depend on, for run folders and model files. */
public final class Versions {

	private Versions() {}

	/** By name: vasomim, pytorch. Starts the engine. */
	public static Map<String, String> all() {
		return new TreeMap<>(Map.of("vasomim", SoftwareVersion.get(), "pytorch", Devices.engine().getVersion()));
	}
}
