package sc.fiji.vasomim.command;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;
import org.scijava.util.ClassUtils;
import org.scijava.widget.Button;

import ij.ImagePlus;

/**
 * What was run, as the line of an ImageJ macro that runs it again on the active image. Logs are shown to others: of
 * files and folders it says the name alone, behind three dots.
 */
final class MacroLine {

	private MacroLine() {}

	/** All keys, also those at their defaults: a macro's dialog asks for what is missing. */
	static String of(final VasoMIMCommand command) {
		final String menu = command.getClass().getAnnotation(Plugin.class).menuPath();
		final List<String> options = new ArrayList<>();
		for (final ModuleItem<?> item : new CommandInfo(command.getClass()).inputs())
			if (isKey(item)) options.add(option(item.getName(), ClassUtils.getValue(((CommandModuleItem<?>) item).getField(),
				command)));
		options.removeIf(String::isEmpty);
		final String quoted = String.join(" ", options).replace("\\", "\\\\").replace("\"", "\\\"");
		return "run(\"" + menu.substring(menu.lastIndexOf('>') + 1) + "\"" + (options.isEmpty() ? "" : ", \"" + quoted +
			"\"") + ");";
	}

	private static boolean isKey(final ModuleItem<?> item) {
		final Class<?> type = item.getType();
		return item.getVisibility() != ItemVisibility.MESSAGE && !Service.class.isAssignableFrom(type) &&
			type != Context.class && type != Button.class && type != ImagePlus.class;
	}

	/** Empty if there is no value. */
	private static String option(final String key, final Object value) {
		if (value == null || value instanceof File && !FileParameter.isGiven((File) value)) return "";
		final String text = value instanceof File ? ".../" + ((File) value).getName() : value.toString();
		return key + "=" + (text.isEmpty() || text.contains(" ") ? "[" + text + "]" : text);
	}
}
