package sc.fiji.vasomim.torch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;

import sc.fiji.vasomim.files.SoftwareVersion;

/** PyTorch's start, once: with libraries that are there, offline, and with a line that says what it computes with. */
final class EngineStart {

	private static final String ENGINE = "PyTorch";

	/** DJL reads them once, when its class Engine is loaded and when an engine starts; nothing later of ours asks a host. */
	private static final Map<String, String> UNASKED = Map.of("ai.djl.offline", "true", "OPT_OUT_TRACKING", "true");

	private static Engine engine;

	private EngineStart() {}

	/**
	 * The running engine. Nothing is downloaded and no use is reported: DJL would do both unasked. A start that failed is
	 * tried again by the next call.
	 *
	 * @throws IllegalArgumentException if PyTorch's libraries are not installed, not of the right version, or do not load;
	 *           the message says what to do
	 */
	static synchronized Engine engine() {
		if (engine != null) return engine;
		DjlJars.require();
		final EngineLibraries libraries = EngineLibraries.find(Utils::getEnvOrSystemProperty, DjlJars.libraries());
		engine = start(libraries.settings());
		announce(libraries.from());
		return engine;
	}

	static synchronized boolean isRunning() {
		return engine != null;
	}

	/** DJL's settings hold for its start alone: other plugins may have a DJL of their own, of another version. */
	private static Engine start(final Map<String, String> settings) {
		final Properties system = System.getProperties();
		final Map<String, String> ours = new HashMap<>(UNASKED);
		ours.putAll(settings);
		final Map<String, Object> before = new HashMap<>();
		ours.forEach((key, value) -> before.put(key, system.setProperty(key, value)));
		try {
			return Engine.getEngine(ENGINE);
		}
		catch (final EngineException | IllegalStateException | UnsatisfiedLinkError e) {
			throw new IllegalArgumentException("device: PyTorch's native library could not be loaded (" + cause(e) +
				"). Run Engine Setup for this system, or name the folder lib of an installed PyTorch " + PytorchBuild.version() +
				" in the environment variable " + NamedLibrary.VARIABLE + ".", e);
		}
		catch (final LinkageError e) {
			throw new IllegalArgumentException("device: DJL's jars do not fit together (" + e + ")" + DjlJars.REMEDY, e);
		}
		finally {
			before.forEach((key, value) -> {
				if (value == null) system.remove(key);
				else system.put(key, value);
			});
		}
	}

	/** DJL wraps what the system's loader said, which names the library that is missing. */
	private static String cause(final Throwable e) {
		return e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause().getMessage();
	}

	private static void announce(final String from) {
		EngineLog.info("VasoMIM " + SoftwareVersion.get() + ", PyTorch " + engine.getVersion() + " (DJL " + DjlJars.djl() +
			", libraries of " + from + "), Java " + System.getProperty("java.version") + ", " + System.getProperty(
				"os.name") + " " + System.getProperty("os.arch") + ", devices: " + devices());
		try {
			SecondCopies.find(EngineStart.class.getClassLoader()).forEach(EngineLog::warn);
		}
		catch (final IOException e) {
			EngineLog.warn("The class path cannot be read for libraries that are there twice: " + e.getMessage());
		}
	}

	private static String devices() {
		try {
			final int gpus = Devices.gpuCount();
			if (gpus == 0) return NvidiaDriver.isThere() ? "cpu; the NVIDIA GPU of this machine needs the build for CUDA, " +
				"see Engine Setup" : "cpu";
			final List<String> names = new ArrayList<>(List.of("cpu"));
			for (int i = 0; i < gpus; i++)
				names.add("gpu" + i);
			return String.join(", ", names);
		}
		catch (final IllegalArgumentException e) {
			return "cpu; " + e.getMessage();
		}
	}
}
