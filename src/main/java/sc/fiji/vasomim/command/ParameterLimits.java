package sc.fiji.vasomim.command;

import java.util.Arrays;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.util.ClassUtils;

/**
 * Holds a command's inputs to the choices and ranges that their {@code @Parameter}s state: dialogs and the shell do so by
 * themselves, macros and scripts are not held to them.
 */
final class ParameterLimits {

	private ParameterLimits() {}

	/** @throws IllegalArgumentException naming the first input that breaks its limits, the limits and the value */
	static void check(final Command command) {
		for (final ModuleItem<?> item : new CommandInfo(command.getClass()).inputs()) {
			final CommandModuleItem<?> input = (CommandModuleItem<?>) item;
			check(input.getName(), input.getParameter(), ClassUtils.getValue(input.getField(), command));
		}
	}

	private static void check(final String name, final Parameter limits, final Object value) {
		final List<String> choices = Arrays.asList(limits.choices());
		if (!choices.isEmpty() && !choices.contains(value)) throw new IllegalArgumentException(name +
			": must be one of " + String.join(", ", choices) + ", but was " + value);
		if (value instanceof Number && !isWithin(limits, ((Number) value).doubleValue()))
			throw new IllegalArgumentException(name + ": must be " + range(limits) + ", but was " + value);
	}

	/** @throws IllegalArgumentException if an input is not as it comes, though what else was chosen has no use for it */
	static void requireUsed(final String key, final boolean used, final String why) {
		if (!used) throw new IllegalArgumentException(key + ": was set, but " + why + ". Leave it out.");
	}

	/** False for NaN. */
	private static boolean isWithin(final Parameter limits, final double value) {
		return value >= (limits.min().isEmpty() ? Double.NEGATIVE_INFINITY : Double.parseDouble(limits.min())) &&
			value <= (limits.max().isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(limits.max()));
	}

	private static String range(final Parameter limits) {
		if (limits.max().isEmpty()) return limits.min().isEmpty() ? "a number" : limits.min() + " or more";
		return limits.min().isEmpty() ? limits.max() + " or less" : limits.min() + ".." + limits.max();
	}
}
