package sc.fiji.vasomim.torch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which of PyTorch's libraries the engine starts with. DJL would choose by the CUDA runtime that it finds in the system,
 * take the CPU where there is none, and download what it lacks; here it is what the user named or installed, and
 * nothing else in its place.
 *
 * @param from where they come from, in words, without a path
 * @param settings DJL's settings that make it take them; empty if it finds them in a jar
 */
record EngineLibraries(String from, Map<String, String> settings) {

	private static final String VERSION = "PYTORCH_VERSION", FLAVOUR = "PYTORCH_FLAVOR";

	/**
	 * What the environment names, else what Engine Setup installed (that for CUDA first), else what a jar brings.
	 *
	 * @param variable an environment variable's value by its name; null for none
	 * @param jar version of the libraries that a jar brings; null if none does
	 * @throws IllegalArgumentException if there is none, or not what the environment asks for; the message says what to do
	 */
	static EngineLibraries find(final UnaryOperator<String> variable, final String jar) {
		final String version = PytorchBuild.version();
		final String asked = value(variable, VERSION);
		if (asked != null && !asked.equals(version)) throw new IllegalArgumentException("device: the environment variable " +
			VERSION + " asks for PyTorch " + asked + "; this version works with " + version +
			" alone. Take the variable out.");
		final String named = value(variable, NamedLibrary.VARIABLE);
		final String flavour = value(variable, FLAVOUR);
		if (named != null) {
			NamedLibrary.require(named);
			return of(NamedLibrary.VARIABLE, Path.of(named), flavour == null ? PytorchBuild.of(Path.of(named)).flavour()
				: flavour);
		}
		final Optional<PytorchBuild> installed = Arrays.stream(new PytorchBuild[] { PytorchBuild.CUDA, PytorchBuild.CPU })
			.filter(build -> flavour == null || flavour.equals(build.flavour())).filter(PytorchBuild::isInstalled).findFirst();
		if (installed.isPresent()) return of("Engine Setup", installed.get().folder(), installed.get().flavour());
		// The jars on Maven Central hold the CPU's libraries alone.
		if (jar != null && (flavour == null || PytorchBuild.of(flavour) == PytorchBuild.CPU)) return new EngineLibraries(
			"a jar", Map.of());
		throw new IllegalArgumentException("device: PyTorch's libraries" + (flavour == null ? "" : " of the build " + flavour +
			", which the environment variable " + FLAVOUR + " asks for,") + " are not installed, and nothing is downloaded " +
			"unasked. Run Plugins > VasoMIM > Models > Engine Setup..., or name the folder lib of an installed PyTorch " +
			version + " in the environment variable " + NamedLibrary.VARIABLE + ". They were looked for in " + PytorchBuild.CPU
				.folder() + " and " + PytorchBuild.CUDA.folder() + ".");
	}

	private static EngineLibraries of(final String from, final Path folder, final String flavour) {
		return new EngineLibraries(from, Map.of(NamedLibrary.VARIABLE, folder.toString(), VERSION, PytorchBuild.version(),
			FLAVOUR, flavour));
	}

	private static String value(final UnaryOperator<String> variable, final String name) {
		final String value = Objects.requireNonNullElse(variable.apply(name), "");
		return value.isBlank() ? null : value;
	}
}
