package sc.fiji.vasomim.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;


import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

import sc.fiji.vasomim.files.SoftwareVersion;

/** The commands and their options as picocli sees them: names, types, help texts. */
final class CommandModel {

	private static final String NAME = "vasomim";

	private static final int WIDTH = 100;

	/** Columns for the names of options; longer ones have a line of their own. */
	private static final int OPTIONS = 36;

	private CommandModel() {}

	/**
	 * The whole program.
	 *
	 * @param wanted the one sub-command that gets its options, so that no other one's class is loaded
	 */
	static CommandSpec of(final Map<String, SubCommand> commands, final String wanted) {
		final CommandSpec top =
			spec(NAME, "VasoMIM for Fiji, from the shell. For research use only, not for diagnosis.");
		top.addOption(OptionSpec.builder("--version").versionHelp(true).type(boolean.class)
			.description("Show the version and exit.").build());
		top.version(NAME + " " + SoftwareVersion.get());
		top.usageMessage().customSynopsis(NAME + " <command> [--option <value> ...]").commandListHeading("")
			.footer("", "'" + NAME + " <command> --help' lists the options of a command.");
		top.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
			help -> list(commands.values()));
		commands.forEach((name, command) -> top.addSubcommand(name, command(command, name.equals(wanted))));
		return top;
	}

	private static CommandSpec command(final SubCommand command, final boolean wanted) {
		final CommandSpec spec = spec(command.name(), command.description());
		final List<Option> options = new ArrayList<>(wanted ? Option.of(command.info()) : List.of());
		options.sort(Comparator.comparing(Option::isRequired).reversed());
		options.forEach(o -> spec.addOption(option(o)));
		final String required = options.stream().filter(Option::isRequired)
			.map(o -> " --" + o.key() + " " + o.valueName()).collect(Collectors.joining());
		spec.usageMessage()
			.customSynopsis(NAME + " " + command.name() + escape(required) + " [--option <value> ...]")
			.exitCodeListHeading("%nThe last line on stdout is the result as JSON. Exit codes:%n")
			.exitCodeList(Arrays.stream(ExitCode.values()).collect(Collectors.toMap(
				c -> String.valueOf(c.code()), ExitCode::meaning, (a, b) -> a, LinkedHashMap::new)));
		return spec;
	}

	private static CommandSpec spec(final String name, final String description) {
		final CommandSpec spec = CommandSpec.create().name(name);
		spec.addOption(OptionSpec.builder("--help", "-h").usageHelp(true).type(boolean.class)
			.description("Show this help and exit.").build());
		spec.usageMessage().width(WIDTH).longOptionsMaxWidth(OPTIONS).sortOptions(false).description(escape(description), "");
		return spec;
	}

	private static OptionSpec option(final Option option) {
		final OptionSpec.Builder builder = OptionSpec.builder("--" + option.key()).required(option.isRequired())
			.paramLabel(option.valueName()).hideParamSyntax(!option.isFlag()).description(escape(option.help()));
		if (option.isFlag()) {
			builder.type(Boolean.class).arity("0..1").fallbackValue("true").negatable(true);
		}
		else builder.type(Object.class).arity("1");
		return builder.converters(text -> parse(option, text)).build();
	}

	private static Object parse(final Option option, final String text) {
		try {
			return option.parse(text);
		}
		catch (final IllegalArgumentException e) {
			throw new TypeConversionException(e.getMessage());
		}
	}

	/** The sub-commands, one line each, below the names of their menus. */
	private static String list(final Collection<SubCommand> commands) {
		final int width = commands.stream().mapToInt(c -> c.name().length()).max().orElse(0);
		return commands.stream().sorted(Comparator.comparing(SubCommand::group).thenComparing(SubCommand::name))
			.collect(Collectors.groupingBy(SubCommand::group, LinkedHashMap::new, Collectors.toList()))
			.entrySet().stream().map(e -> String.format("%n%s%n", e.getKey().isEmpty() ? "Commands" : e.getKey()) +
				e.getValue().stream().map(c -> line(c, width)).collect(Collectors.joining()))
			.collect(Collectors.joining());
	}

	private static String line(final SubCommand command, final int width) {
		final String text = command.description();
		final int room = WIDTH - width - 4;
		final String end = text.length() <= room ? text : text.substring(0, room - 3) + "...";
		return String.format("  %-" + width + "s  %s%n", command.name(), end);
	}

	/** picocli reads a per cent sign as the start of a format. */
	private static String escape(final String text) {
		return text.replace("%", "%%");
	}
}
