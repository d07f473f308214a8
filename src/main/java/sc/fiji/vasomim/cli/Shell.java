package sc.fiji.vasomim.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.scijava.Context;
import org.scijava.command.Command;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the shell's words by the commands' own parameters, runs the command, prints the result line. */
final class Shell {

	private final String menu;

	private final ShellTasks tasks;

	private final PrintStream out;

	private final PrintStream err;

	/**
	 * @param menu the commands are those below this menu, such as {@code Plugins>VasoMIM}
	 * @param out for help and the result line, nothing else
	 * @param err for messages
	 */
	Shell(final String menu, final ShellTasks tasks, final PrintStream out, final PrintStream err) {
		this.menu = menu;
		this.tasks = tasks;
		this.out = out;
		this.err = err;
	}

	/** @return the exit code, see {@link ExitCode} */
	int execute(final String... args) {
		try (Context context = new Context(true)) {
			context.getServiceIndex().add(tasks);
			final Map<String, SubCommand> commands =
				SubCommand.below(menu, context.getPluginIndex().getPlugins(Command.class));
			final CommandLine line = new CommandLine(CommandModel.of(commands, args.length > 0 ? args[0] : null))
				.setExpandAtFiles(false).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
				.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
			final ParseResult words = line.parseArgs(args);
			if (CommandLine.executeHelpRequest(words) != null) return ExitCode.SUCCESS.code();
			if (!words.hasSubcommand()) throw new ParameterException(line, "A command is missing");
			return run(context, commands, words.subcommand());
		}
		catch (final ParameterException e) {
			return refuse(e);
		}
	}

	private int run(final Context context, final Map<String, SubCommand> commands, final ParseResult words) {
		final Map<String, Object> values = new LinkedHashMap<>();
		words.matchedOptions().forEach(o -> values.put(o.longestName().substring(2), o.getValue()));
		final SubCommand command = commands.get(words.commandSpec().name());
		final CommandRun run = CommandRun.of(context, command.info(), values);
		if (run.fault() != null) run.fault().printStackTrace(err);
		return end(command.name(), run);
	}

	private int refuse(final ParameterException e) {
		final StringBuilder message = new StringBuilder(e.getMessage());
		final List<String> meant = e instanceof UnmatchedArgumentException u ? u.getSuggestions() : List.of();
		if (!meant.isEmpty()) message.append("; did you mean ").append(String.join(" or ", meant)).append('?');
		final String name = e.getCommandLine().getCommandSpec().qualifiedName();
		message.append(" ('").append(name).append(" --help' lists what there is)");
		return end(name, new CommandRun(ExitCode.REFUSED, message.toString(), null, null));
	}

	private int end(final String name, final CommandRun run) {
		if (run.message() != null) err.println(name + ": " + run.message());
		err.flush();
		out.println(ResultLine.of(run.code(), run.message(), run.result()));
		out.flush();
		return run.code().code();
	}
}
