package sc.fiji.vasomim.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.scijava.MenuEntry;
import org.scijava.MenuPath;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.plugin.PluginInfo;

/**
 * A command as the shell names it: its label in kebab case. Where a command on an open image has a sibling on files,
 * the shell's name runs the sibling.
 *
 * @param name the shell's name, such as {@code frangi-vessel-filter}
 * @param group the sub-menu that the help lists it under, empty for none
 * @param info the command that runs
 */
record SubCommand(String name, String group, CommandInfo info) {

	private static final String BATCH = "Batch";

	private static final String SIBLING = " Folder";

	/** The one name that is not its label's. */
	private static final Map<String, String> SHORT = Map.of("run-vasomim-demo", "demo");

	/**
	 * The sub-commands of all commands below a menu, by name.
	 *
	 * @param menu the menu's path, such as {@code Plugins>VasoMIM}
	 */
	static Map<String, SubCommand> below(final String menu, final Collection<PluginInfo<Command>> plugins) {
		final Map<String, SubCommand> commands = new TreeMap<>();
		// Siblings come last, so that each takes the place of its image command but keeps that one's group.
		plugins.stream().filter(p -> isBelow(new MenuPath(menu), p.getMenuPath()))
			.sorted(Comparator.comparing(SubCommand::isSibling).thenComparing(PluginInfo::getClassName))
			.forEach(p -> commands.merge(name(p), of(p),
				(image, files) -> new SubCommand(image.name, image.group, files.info)));
		return commands;
	}

	/** What the command does, in one line. */
	String description() {
		final String description = info.getDescription();
		return description == null || description.isEmpty() ? info.getLabel() : description;
	}

	private static SubCommand of(final PluginInfo<Command> plugin) {
		return new SubCommand(name(plugin), group(plugin.getMenuPath()), new CommandInfo(plugin));
	}

	private static boolean isBelow(final MenuPath menu, final MenuPath path) {
		return path != null && path.size() > menu.size() &&
			path.subList(0, menu.size()).stream().map(MenuEntry::getName).toList()
				.equals(menu.stream().map(MenuEntry::getName).toList());
	}

	private static boolean isSibling(final PluginInfo<?> plugin) {
		return plugin.getLabel().endsWith(SIBLING) && BATCH.equals(group(plugin.getMenuPath()));
	}

	private static String name(final PluginInfo<?> plugin) {
		final String label = plugin.getLabel();
		final String base = isSibling(plugin) ? label.substring(0, label.length() - SIBLING.length()) : label;
		final String name = base.toLowerCase(Locale.ROOT).replace(' ', '-');
		return SHORT.getOrDefault(name, name);
	}

	/** Plugins > suite > group > leaf, or Plugins > suite > leaf. */
	private static String group(final MenuPath path) {
		return path.size() > 3 ? path.get(path.size() - 2).getName() : "";
	}
}
