package sc.fiji.vasomim.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A choice's text, as menus and macros have it, to the enum constant behind it: {@code at least} is AT_LEAST. */
final class Choice {

	private Choice() {}

	/** @throws IllegalArgumentException naming the parameter and its choices: macros are not held to them */
	static <E extends Enum<E>> E of(final String parameter, final String text, final Class<E> type) {
		for (final E constant : type.getEnumConstants())
			if (text(constant).equals(text)) return constant;
		throw new IllegalArgumentException(parameter + ": must be one of " + Arrays.stream(type.getEnumConstants()).map(
			Choice::text).collect(Collectors.joining(", ")) + ", but was " + text);
	}

	private static String text(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}
}
