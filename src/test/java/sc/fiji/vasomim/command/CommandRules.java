package sc.fiji.vasomim.command;

import java.io.File;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;
import org.scijava.util.Types;

import ij.ImagePlus;

/** What holds for every command, so that menu, macro recorder, dialogs and shell can rely on it. */
final class CommandRules {

	private static final String SIBLING = "Folder";

	/** The one command whose names need not be its label's: the shell calls it demo. */
	private static final String DEMO = "Run VasoMIM Demo";

	/** Where Fiji's users look for images to try things on; such commands have no dialog, hence no dots. */
	private static final String SAMPLES = "File>Open Samples>";

	private final String menu;

	private final Collection<Class<? extends VasoMIMCommand>> all;

	private final List<String> broken = new ArrayList<>();

	private CommandRules(final String menu, final Collection<Class<? extends VasoMIMCommand>> all) {
		this.menu = menu + ">";
		this.all = all;
	}

	/**
	 * @param menu where all commands must be, such as {@code Plugins>VasoMIM}
	 * @return a line for each rule that a command breaks
	 */
	static List<String> broken(final String menu, final Collection<Class<? extends VasoMIMCommand>> commands) {
		final CommandRules rules = new CommandRules(menu, commands);
		commands.forEach(rules::check);
		return rules.broken;
	}

	private void check(final Class<? extends VasoMIMCommand> command) {
		final Plugin plugin = command.getAnnotation(Plugin.class);
		if (plugin == null || plugin.type() != Command.class) {
			breaks(command, "has no @Plugin(type = Command.class)");
			return;
		}
		checkNames(command, plugin);
		final CommandInfo info = new CommandInfo(command, plugin);
		info.getProblems().forEach(p -> breaks(command, p.getMessage()));
		info.inputs().forEach(item -> checkHeading(command, (CommandModuleItem<?>) item));
		final List<CommandModuleItem<?>> items = items(info);
		items.forEach(item -> checkParameter(command, item));
		final boolean takesImage = items.stream().anyMatch(i -> i.isInput() && i.getType() == ImagePlus.class);
		if (takesImage) checkSibling(command);
	}

	private void checkNames(final Class<?> command, final Plugin plugin) {
		final String label = plugin.label();
		if (!plugin.headless()) breaks(command, "does not say headless = true");
		if (label.isEmpty()) breaks(command, "has no label");
		if (plugin.description().isEmpty()) breaks(command, "has no description");
		final boolean isSample = plugin.menuPath().equals(SAMPLES + label);
		if (!isSample && (!plugin.menuPath().startsWith(menu) || !plugin.menuPath().endsWith(">" + label + "..."))) {
			breaks(command,
				"has the menu path '" + plugin.menuPath() + "' instead of " + menu + "...>" + label + "...");
		}
		if (!command.getSimpleName().equals(camelCase(label)) && !DEMO.equals(label)) {
			breaks(command, "should be called " + camelCase(label) + ", after its label");
		}
		final boolean unique = all.stream().filter(c -> c != command).map(c -> c.getAnnotation(Plugin.class))
			.noneMatch(p -> p != null && p.label().equals(label));
		if (!unique) breaks(command, "shares its label '" + label + "' with another command");
	}

	private void checkParameter(final Class<?> command, final CommandModuleItem<?> item) {
		final String key = item.getName();
		final Parameter parameter = item.getParameter();
		if (parameter.label().isEmpty()) breaks(command, key + " has no label");
		if (parameter.description().isEmpty()) breaks(command, key + " has no description");
		if (!key.matches("[a-z][a-z0-9]*")) breaks(command, key + " is no macro key: one word in lower case");
		if (!item.isInput()) return;
		final Class<?> type = item.getType();
		if (parameter.persist() && type != ImagePlus.class) {
			breaks(command, key + " is remembered from run to run: persist = false is missing");
		}
		if (!Types.isNumber(type)) checkChoice(command, item);
		else if (parameter.min().isEmpty() && parameter.max().isEmpty() && parameter.style().isEmpty()) {
			breaks(command, key + " has neither min nor max nor style");
		}
		else checkRange(command, item);
		// Dialogs would round what a user types to the default's number of decimals.
		if ((type == double.class || type == float.class) && !parameter.style().contains("format:")) {
			breaks(command, key + " has no number format in its style");
		}
	}

	/** A dialog's heading is a label in bold above the labels of its fields. */
	private void checkHeading(final Class<?> command, final CommandModuleItem<?> item) {
		if (item.getVisibility() != ItemVisibility.MESSAGE) return;
		final Parameter heading = item.getParameter();
		if (heading.persist()) breaks(command, item.getName() + ", a heading, is remembered: persist = false is missing");
		if (!heading.label().startsWith("<html><b>")) breaks(command, item.getName() + ", a heading, is not in bold");
		if (!"".equals(item.getDefaultValue())) breaks(command, item.getName() + ", a heading, has more than a label");
	}

	private void checkRange(final Class<?> command, final CommandModuleItem<?> item) {
		final double value = ((Number) item.getDefaultValue()).doubleValue();
		final String min = item.getParameter().min();
		final String max = item.getParameter().max();
		final boolean within = (min.isEmpty() || value >= Double.parseDouble(min)) &&
			(max.isEmpty() || value <= Double.parseDouble(max));
		if (!within) breaks(command, item.getName() + " has the default " + value + " outside of its range");
	}

	private void checkChoice(final Class<?> command, final CommandModuleItem<?> item) {
		final List<String> choices = List.of(item.getParameter().choices());
		if (choices.isEmpty() || choices.contains(String.valueOf(item.getDefaultValue()))) return;
		breaks(command, item.getName() + " has the default '" + item.getDefaultValue() + "', not one of " + choices);
	}

	private void checkSibling(final Class<?> command) {
		final String name = command.getSimpleName() + SIBLING;
		final Class<?> sibling = all.stream().filter(c -> c.getSimpleName().equals(name)).findFirst().orElse(null);
		if (sibling == null) {
			breaks(command, "takes an image but has no sibling on files, " + name);
			return;
		}
		final Class<?> shared = command.getSuperclass();
		if (shared == VasoMIMCommand.class || shared != sibling.getSuperclass() ||
			!Modifier.isAbstract(shared.getModifiers()))
		{
			breaks(command, "shares no abstract superclass with " + name);
		}
		final Plugin plugin = sibling.getAnnotation(Plugin.class);
		if (!plugin.menuPath().startsWith(menu + "Batch>")) breaks(sibling, "is not in the menu " + menu + "Batch");
		for (final String key : new String[] { "input", "output" }) {
			if (!declares(sibling, key)) breaks(sibling, "has no File parameter '" + key + "'");
		}
	}

	private static boolean declares(final Class<?> type, final String key) {
		return Arrays.stream(type.getDeclaredFields()).anyMatch(f -> f.getName().equals(key) &&
			f.getType() == File.class && f.isAnnotationPresent(Parameter.class));
	}

	private void breaks(final Class<?> command, final String how) {
		broken.add(command.getSimpleName() + " " + how);
	}

	/** What a user sets or gets; no services, no messages. */
	private static List<CommandModuleItem<?>> items(final CommandInfo info) {
		final List<CommandModuleItem<?>> items = new ArrayList<>();
		Stream.of(info.inputs(), info.outputs()).forEach(list -> list.forEach(item -> {
			final boolean set = !Service.class.isAssignableFrom(item.getType()) && item.getType() != Context.class &&
				item.getVisibility() != ItemVisibility.MESSAGE;
			if (set && !items.contains(item)) items.add((CommandModuleItem<?>) item);
		}));
		return items;
	}

	private static String camelCase(final String label) {
		return Arrays.stream(label.split("[ -]")).filter(w -> !w.isEmpty())
			.map(w -> Character.toUpperCase(w.charAt(0)) + w.substring(1)).collect(Collectors.joining());
	}
}
