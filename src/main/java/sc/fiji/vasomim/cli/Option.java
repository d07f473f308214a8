package sc.fiji.vasomim.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;
import org.scijava.util.Types;
import org.scijava.widget.Button;
import org.scijava.widget.FileWidget;

/**
 * One input of a command as the shell's option {@code --key}: its type, the values it permits, its default, its help.
 * The default is the field's initialiser; an input that has none and is not optional must be given.
 */
final class Option {

	private final CommandModuleItem<?> item;

	private final Class<?> type;

	private Option(final CommandModuleItem<?> item) {
		this.item = item;
		type = Types.box(item.getType());
	}

	/** The inputs that a user sets, in the command's order; services, messages and buttons are not among them. */
	static List<Option> of(final CommandInfo info) {
		final List<Option> options = new ArrayList<>();
		for (final ModuleItem<?> item : info.inputs()) {
			final Class<?> type = item.getType();
			// What dialogs leave out because few need it is described all the same; what nobody sets is not.
			final boolean known = item.getVisibility() == ItemVisibility.NORMAL || item
				.getVisibility() == ItemVisibility.INVISIBLE && item.getDescription() != null && !item.getDescription().isEmpty();
			final boolean set = known && type != Button.class &&
				!Service.class.isAssignableFrom(type) && type != Context.class;
			if (set) options.add(new Option((CommandModuleItem<?>) item));
		}
		return options;
	}

	/** The macro's key. */
	String key() {
		return item.getName();
	}

	boolean isFlag() {
		return type == Boolean.class;
	}

	/** What a command starts with when the shell says nothing; null if there is none. */
	Object defaultValue() {
		return item.getDefaultValue();
	}

	boolean isRequired() {
		return item.isRequired() && defaultValue() == null;
	}

	/** The words that the value must be one of; empty if it is free. */
	List<String> choices() {
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
		}
		return List.of(item.getParameter().choices());
	}

	/** What stands for the value in the help, such as {@code <number>}. */
	String valueName() {
		if (!choices().isEmpty()) return "<" + String.join("|", choices()) + ">";
		if (isFlag()) return "<true|false>";
		if (type == File.class) return switch (item.getWidgetStyle()) {
			case FileWidget.DIRECTORY_STYLE -> "<folder>";
			case FileWidget.FILE_AND_DIRECTORY_STYLE -> "<file or folder>";
			default -> "<file>";
		};
		if (type == Double.class || type == Float.class) return "<number>";
		return Number.class.isAssignableFrom(type) ? "<integer>" : "<text>";
	}

	/** The range of a number in words, such as {@code 0.5 to 20}; empty if it has none. */
	String range() {
		final String min = item.getParameter().min();
		final String max = item.getParameter().max();
		if (min.isEmpty()) return max.isEmpty() ? "" : "at most " + max;
		return max.isEmpty() ? "at least " + min : min + " to " + max;
	}

	/** The description, the range and the default. */
	String help() {
		final String text = item.getDescription().isEmpty() ? item.getLabel() : item.getDescription();
		final StringBuilder help = new StringBuilder(text.strip());
		if (help.length() > 0 && !text.strip().endsWith(".")) help.append('.');
		if (!range().isEmpty()) help.append(" Permitted: ").append(range()).append('.');
		if (isRequired()) help.append(" Required.");
		else if (defaultValue() != null && !"".equals(defaultValue())) {
			help.append(" Default: ").append(show(defaultValue())).append('.');
		}
		return help.toString();
	}

	/**
	 * The text as a value of the command's field; a file is taken from the current directory.
	 *
	 * @throws IllegalArgumentException with the text and what is permitted, if it doesn't fit
	 */
	Object parse(final String text) {
		if (!choices().isEmpty()) return choice(text);
		if (type == String.class) return text;
		if (type == File.class && !text.isEmpty()) return new File(text).getAbsoluteFile();
		if (isFlag() && text.matches("(?i)true|false")) return Boolean.valueOf(text);
		if (Number.class.isAssignableFrom(type)) return number(text);
		throw refusal(text);
	}

	private Object choice(final String text) {
		final String word = choices().stream().filter(text::equalsIgnoreCase).findFirst()
			.orElseThrow(() -> refusal(text));
		if (!type.isEnum()) return word;
		return Arrays.stream(type.getEnumConstants()).filter(c -> ((Enum<?>) c).name().equals(word)).findFirst().get();
	}

	private Number number(final String text) {
		final Number number;
		try {
			number = (Number) type.getMethod("valueOf", String.class).invoke(null, text.strip());
		}
		catch (final ReflectiveOperationException e) {
			throw refusal(text);
		}
		final double value = number.doubleValue();
		final boolean permitted = Double.isFinite(value) && value >= bound(item.getParameter().min(), -1) &&
			value <= bound(item.getParameter().max(), 1);
		if (!permitted) throw refusal(text);
		return number;
	}

	private static double bound(final String bound, final int sign) {
		return bound.isEmpty() ? sign * Double.POSITIVE_INFINITY : Double.parseDouble(bound);
	}

	private IllegalArgumentException refusal(final String text) {
		return new IllegalArgumentException("'" + text + "' must be " + permitted());
	}

	private String permitted() {
		if (!choices().isEmpty()) return "one of " + String.join(", ", choices());
		if (isFlag()) return "true or false";
		final String noun = valueName().replaceAll("[<>]", "");
		return (noun.startsWith("i") ? "an " : "a ") + noun + (range().isEmpty() ? "" : ", " + range());
	}

	private static String show(final Object value) {
		return value instanceof Enum<?> word ? word.name() : value.toString();
	}
}
