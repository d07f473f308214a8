package sc.fiji.vasomim.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import sun.misc.Signal;

/**
 * The program {@code vasomim}: runs a command of the menu from a shell. The result is one line of JSON, last on stdout;
 * everything else goes to stderr. Ctrl-C lets the command end soundly.
 */
public final class VasoMIM {

	/** Set by the script that starts the program: Java itself can't tell whether stderr is a terminal. */
	private static final String TERMINAL = "vasomim.terminal";

	private VasoMIM() {}

	/** Ends the Java machine with the command's {@link ExitCode}. */
	public static void main(final String... args) {
		System.exit(run("Plugins>VasoMIM", args));
	}

	static int run(final String menu, final String... args) {
		// JSON is UTF-8, whatever the locale.
		final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		final boolean terminal = Boolean.getBoolean(TERMINAL);
		final ProgressLine line = new ProgressLine(System.err, terminal, System::nanoTime);
		if (terminal) System.setErr(line.others());
		// What a library prints is a log, not the result.
		System.setOut(System.err);
		final ShellTasks tasks = new ShellTasks(line);
		stopOn("INT", tasks);
		stopOn("TERM", tasks);
		return new Shell(menu, tasks, out, System.err).execute(args);
	}

	/**
	 * A signal handler, not a shutdown hook: hooks of other libraries would take away, all at once, what the command
	 * still needs to end.
	 */
	private static void stopOn(final String signal, final ShellTasks tasks) {
		Signal.handle(new Signal(signal), s -> {
			if (tasks.isStopped()) System.exit(ExitCode.FAILED.code());
			tasks.stop();
			System.err.println("Stopping as soon as everything is sound; once more stops at once.");
		});
	}
}
