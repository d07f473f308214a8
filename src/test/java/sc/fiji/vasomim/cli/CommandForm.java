package sc.fiji.vasomim.cli;

import java.io.File;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.ItemVisibility;
import org.scijava.MenuEntry;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.PluginInfo;

import ij.ImagePlus;

import sc.fiji.vasomim.command.VasoMIMCommand;

/**
 * A command on the open image or on files, as its page shows it.
 *
 * @param menu its path, with {@code >} between the names
 * @param shell name of the sub-command; null if it has none
 */
record CommandForm(CommandInfo info, String menu, String shell) {

	/** How many keys an example has besides those that must be given. */
	private static final int MORE_KEYS = 3;

	private static final Map<String, String> FILES = Map.of("input", "angiograms", "output", "results", "boxes",
		"boxes.json", "checkpoint", "checkpoint.pth", "model", "model.safetensors");

	/** Of commands that want one of two keys, the one that an example has. */
	private static final Map<String, String> EITHER = Map.of("Evaluate Detection", "model");

	/** In the order of the menus, those on files last. */
	static List<CommandForm> all(final Collection<PluginInfo<Command>> plugins) {
		final Map<String, String> shell = new TreeMap<>();
		SubCommand.below("Plugins>VasoMIM", plugins).forEach((name, command) -> shell.put(command.info().getClassName(),
			name));
		return plugins.stream().map(plugin -> new CommandForm(new CommandInfo(plugin), menu(plugin), shell.get(plugin
			.getClassName()))).filter(form -> form.menu.matches("(Plugins > VasoMIM|File > Open Samples) > .*")).sorted(
				Comparator.comparing(CommandForm::isOnFiles).thenComparing(CommandForm::menu)).toList();
	}

	private static String menu(final PluginInfo<?> plugin) {
		return plugin.getMenuPath() == null ? "" : plugin.getMenuPath().stream().map(MenuEntry::getName).collect(Collectors
			.joining(" > "));
	}

	String label() {
		return info.getLabel();
	}

	boolean isOnFiles() {
		return menu.contains(" > Batch > ");
	}

	/** Without the warning that all pages have at their end. */
	String description() {
		final String text = info.getDescription().replace(" For research use only, not for diagnosis.", "");
		return text.endsWith(".") ? text : text + ".";
	}

	List<Option> options() {
		return Option.of(info);
	}

	/** What macros call them: the active image, which they don't name, is not among them. */
	Stream<String> keys() {
		return options().stream().filter(option -> !isImage(option)).map(Option::key);
	}

	private boolean isImage(final Option option) {
		return item(option).getType() == ImagePlus.class;
	}

	private ModuleItem<?> item(final Option option) {
		return info.getInput(option.key());
	}

	/** Menu, macro line and shell line. */
	String ways() {
		return "\n`" + menu + "`\n\n```\n" + macro() + "\n" + (shell == null ? "" : shellLine() + "\n") + "```\n";
	}

	private String macro() {
		final String options = example().stream().map(option -> option.key() + "=" + quoted(value(option), "[", "]")).collect(
			Collectors.joining(" "));
		return "run(\"" + menu.replaceFirst(".* > ", "") + "\"" + (options.isEmpty() ? "" : ", \"" + options + "\"") + ");";
	}

	private String shellLine() {
		return "scripts/vasomim " + shellWords().stream().map(word -> quoted(word, "\"", "\"")).collect(Collectors.joining(
			" "));
	}

	List<String> shellWords() {
		return Stream.concat(Stream.of(shell), example().stream().flatMap(option -> Stream.of("--" + option.key(), value(
			option)))).toList();
	}

	/** What must be given, and the first others that the dialog has and that are something by default. */
	private List<Option> example() {
		final Stream<Option> required = options().stream().filter(option -> (option.isRequired() || option.key()
			.equals(EITHER.get(label()))) && !isImage(option));
		final Stream<Option> more = options().stream().filter(option -> isInDialog(option) && hasDefault(option)).limit(
			MORE_KEYS);
		return Stream.concat(required, more).toList();
	}

	private boolean isInDialog(final Option option) {
		return item(option).getVisibility() == ItemVisibility.NORMAL;
	}

	private static boolean hasDefault(final Option option) {
		return option.defaultValue() != null && !option.defaultValue().equals("");
	}

	private String value(final Option option) {
		return item(option).getType() == File.class ? FILES.getOrDefault(option.key(), option.key()) : String.valueOf(option
			.defaultValue());
	}

	private static String quoted(final String value, final String open, final String close) {
		return value.contains(" ") ? open + value + close : value;
	}

	/** Key, label, permitted values, default and meaning. */
	List<String> cells(final Option option) {
		final String label = isInDialog(option) ? item(option).getLabel() : "*not there*";
		final String meaning = item(option).getDescription().replace("|", "\\|");
		if (isImage(option)) return List.of("", label, "image", "the active image", meaning);
		final String start = option.isRequired() ? "must be given" : hasDefault(option) ? "`" + option.defaultValue() + "`"
			: "none";
		return List.of("`" + option.key() + "`", label, permitted(option), start, meaning);
	}

	private static String permitted(final Option option) {
		if (!option.choices().isEmpty()) return code(option.choices());
		final String noun = option.isFlag() ? code(List.of("true", "false")) : option.valueName().replaceAll("[<>]", "");
		return option.range().isEmpty() ? noun : noun + ", " + option.range();
	}

	private static String code(final Collection<String> words) {
		return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
	}

	/** What comes out; empty if nothing does. */
	String results() {
		final List<List<String>> images = new ArrayList<>(List.of(List.of("output", "window", "what it shows")));
		info.outputs().forEach(output -> images.add(List.of("`" + output.getName() + "`", output.getLabel(), output
			.getDescription())));
		final String figures = resultType().isRecord() ? code(Stream.of(resultType().getRecordComponents()).map(
			component -> component.getName()).toList()) : "";
		return (images.size() == 1 ? "" : "\n## Images\n\n" + CommandPages.table(images)) + (figures.isEmpty() ? ""
			: "\n## Result" + (isOnFiles() ? " on files" : "") + "\n\n" + figures + ": of `result()` in scripts" + (shell == null
				? "" : ", of the shell's last line") + ", in the log.\n");
	}

	/** What the most special {@code execute} says that it returns. */
	private Class<?> resultType() {
		try {
			for (Class<?> c = info.loadDelegateClass(); c != VasoMIMCommand.class; c = c.getSuperclass())
				for (final Method method : c.getDeclaredMethods())
					if (method.getName().equals("execute") && !method.isSynthetic()) return method.getReturnType();
			return Object.class;
		}
		catch (final ClassNotFoundException e) {
			throw new IllegalStateException(e);
		}
	}
}
