package sc.fiji.vasomim.torch;

import java.util.function.Consumer;

/** Where the engine says, once, at its start, what it is. There is one engine in a Java, so there is one such place. */
public final class EngineLog {

	private static volatile Consumer<String> infos = line -> {}, warnings = line -> {};

	private EngineLog() {}

	/** Of several, the last one before the start is told. */
	public static void tell(final Consumer<String> info, final Consumer<String> warning) {
		infos = info;
		warnings = warning;
	}

	static void info(final String line) {
		infos.accept(line);
	}

	static void warn(final String line) {
		warnings.accept(line);
	}
}
