package sc.fiji.vasomim.cli;

import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.ItemVisibility;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

import ij.ImagePlus;

import sc.fiji.vasomim.command.VasoMIMCommand;

/**
 * A command on the open image or on files, as its page shows it.
 *
 * @param menu with {@code >} between the names
 * @param shell name of the sub-command; null if it has none
 */
record CommandForm(CommandInfo info, String menu, String shell) {

	private static final int MORE_KEYS = 3;

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
		final StringBuilder ways = new StringBuilder("\n`" + menu + "`\n\n```\n" + macro() + "\n");
		if (shell != null) ways.append(shellLine()).append("\n");
		return ways.append("```\n").toString();
	}

	private String macro() {
		final String options = example().map(option -> option.key() + "=" + quoted(value(option), "[", "]")).collect(
			Collectors.joining(" "));
		return "run(\"" + menu.replaceFirst(".* > ", "") + "\"" + (options.isEmpty() ? "" : ", \"" + options + "\"") + ");";
	}

	private String shellLine() {
		return "scripts/vasomim " + shellWords().stream().map(word -> quoted(word, "\"", "\"")).collect(Collectors.joining(" "));
	}

	List<String> shellWords() {
		return Stream.concat(Stream.of(shell), example().flatMap(option -> Stream.of("--" + option.key(), value(option))))
			.toList();
	}

	/** What must be given, and the first others that the dialog has. */
	private Stream<Option> example() {
		return Stream.concat(options().stream().filter(option -> option.isRequired() && !isImage(
			option)), options().stream().filter(option -> item(option)
				.getVisibility() == ItemVisibility.NORMAL && option.defaultValue() != null && !option.defaultValue().equals("")).limit(
					MORE_KEYS));
	}

	private String value(final Option option) {
		if (item(option).getType() != File.class) return String.valueOf(option.defaultValue());
		return switch (option.key()) {
			case "input" -> "angiograms";
			case "output" -> "results";
			case "boxes" -> "boxes.json";
			case "checkpoint" -> "checkpoint.pth";
			case "model", "segmentor" -> option.key() + ".safetensors";
			default -> option.key();
		};
	}

	private static String quoted(final String value, final String open, final String close) {
		return value.contains(" ") ? open + value + close : value;
	}

	/** The cells of the table of keys. */
	String row(final Option option) {
		final ModuleItem<?> item = item(option);
		final boolean image = isImage(option);
		final String fallback = image ? "the active image" : option.isRequired() ? "must be given" : option
			.defaultValue() == null || option.defaultValue().equals("") ? "none" : "`" + option.defaultValue() + "`";
		return String.join(" | ", image ? "" : "`" + option.key() + "`", item.getVisibility() == ItemVisibility.NORMAL ? item
			.getLabel() : "*not there*", image ? "image" : permitted(option), fallback, item.getDescription().replace("|", "\\|"));
	}

	private static String permitted(final Option option) {
		if (!option.choices().isEmpty()) return option.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors
			.joining(", "));
		final String noun = option.isFlag() ? "`true`, `false`" : option.valueName().replaceAll("[<>]", "");
		return option.range().isEmpty() ? noun : noun + ", " + option.range();
	}

	/** What comes out; empty if nothing does. */
	String results() {
		final StringBuilder images = new StringBuilder();
		info.outputs().forEach(output -> images.append("| `").append(output.getName()).append("` | ").append(output.getLabel())
			.append(" | ").append(output.getDescription()).append(" |\n"));
		final String figures = Stream.of(resultType()).filter(Class::isRecord).flatMap(type -> Stream.of(type
			.getRecordComponents())).map(RecordComponent::getName).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
		return (images.isEmpty() ? "" : "\n## Images\n\n| output | window | what it shows |\n|---|---|---|\n" + images) + (figures.isEmpty() ? ""
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
