package sc.fiji.vasomim.cli;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.MenuEntry;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.PluginInfo;

import sc.fiji.vasomim.command.VasoMIMCommand;

/**
 * What users write in macros, scripts and shells, and read in results, as text: a block for each command, its label
 * first, below it a line for each name.
 */
final class PublicNames {

	private PublicNames() {}

	/** @param menu the menu whose commands are listed, such as {@code Plugins>VasoMIM} */
	static List<String> list(final String menu, final Collection<PluginInfo<Command>> plugins) {
		final Map<String, String> shell = new TreeMap<>();
		SubCommand.below(menu, plugins).forEach((name, command) -> shell.put(command.info().getClassName(), name));
		return plugins.stream().filter(p -> path(p).startsWith(menu + ">"))
			.sorted(Comparator.comparing(PublicNames::path))
			.flatMap(p -> block(new CommandInfo(p), path(p), shell.get(p.getClassName()))).toList();
	}

	/** The lines of one text that the other lacks, each with its command's label in front. */
	static List<String> difference(final List<String> text, final List<String> other) {
		final Set<String> lines = new LinkedHashSet<>(withLabels(text));
		lines.removeAll(withLabels(other));
		return List.copyOf(lines);
	}

	private static List<String> withLabels(final List<String> text) {
		final List<String> lines = new ArrayList<>();
		String label = "";
		for (final String line : text) {
			if (!line.startsWith("\t")) label = line;
			lines.add(line.startsWith("\t") ? label + ": " + line.strip() : line);
		}
		return lines;
	}

	private static Stream<String> block(final CommandInfo info, final String path, final String shell) {
		final List<String> lines = new ArrayList<>(List.of(info.getLabel(), "\tmenu " + path,
			"\tclass " + info.getClassName()));
		if (shell != null) lines.add("\tshell " + shell);
		Option.of(info).forEach(o -> lines.add("\tinput " + input(o, info.getInput(o.key()))));
		info.outputs().forEach(o -> lines.add("\toutput " + o.getName() + ": " + o.getType().getSimpleName()));
		records(info).forEach(r -> lines.add("\trecord " + r.getSimpleName() + ": " + components(r)));
		return lines.stream();
	}

	private static String input(final Option option, final ModuleItem<?> item) {
		final String start = option.isRequired() ? "required" : "default " + option.defaultValue();
		return Stream.of(item.getType().getSimpleName(), start, option.range(), String.join("|", option.choices()),
			style(item))
			.filter(s -> !s.isEmpty()).collect(Collectors.joining(", ", option.key() + ": ", ""));
	}

	private static String style(final ModuleItem<?> item) {
		final String style = item.getWidgetStyle();
		return style == null || style.isEmpty() ? "" : "style " + style;
	}

	/** The results and settings: records of ours that a command's methods return, and those inside them. */
	private static Set<Class<?>> records(final CommandInfo info) {
		final Set<Class<?>> records = new LinkedHashSet<>();
		final Class<?> command;
		try {
			command = info.loadDelegateClass();
		}
		catch (final ClassNotFoundException e) {
			throw new IllegalStateException(e);
		}
		for (Class<?> c = command; c != null && c != VasoMIMCommand.class; c = c.getSuperclass()) {
			Stream.of(c.getDeclaredMethods()).filter(m -> !m.isSynthetic())
				.sorted(Comparator.comparing(Method::getName)).forEach(m -> collect(m.getGenericReturnType(), records));
		}
		return records;
	}

	private static void collect(final Type type, final Set<Class<?>> records) {
		if (type instanceof ParameterizedType generic) {
			for (final Type argument : generic.getActualTypeArguments()) collect(argument, records);
			collect(generic.getRawType(), records);
		}
		else if (type instanceof Class<?> c && c.isRecord() && c.getName().startsWith("sc.fiji.vasomim.") &&
			records.add(c))
		{
			for (final RecordComponent component : c.getRecordComponents()) {
				collect(component.getGenericType(), records);
			}
		}
	}

	private static String components(final Class<?> type) {
		return Stream.of(type.getRecordComponents()).map(c -> c.getType().getSimpleName() + " " + c.getName())
			.collect(Collectors.joining(", "));
	}

	private static String path(final PluginInfo<?> plugin) {
		return plugin.getMenuPath() == null ? ""
			: plugin.getMenuPath().stream().map(MenuEntry::getName).collect(Collectors.joining(">"));
	}
}
